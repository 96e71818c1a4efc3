package io.inferwatt.agent.weaving;

import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.StackSize;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Turns a primitive on the operand stack into a {@code long} without an object in between. */
enum PrimitiveAsLong implements StackManipulation {
    LONG(StackSize.ZERO),
    INT(StackSize.SINGLE),
    FLOAT(StackSize.SINGLE),
    DOUBLE(StackSize.ZERO),
    FLOAT_BITS(StackSize.SINGLE),
    DOUBLE_BITS(StackSize.ZERO);

    private final StackSize growth;

    PrimitiveAsLong(StackSize growth) {
        this.growth = growth;
    }

    /**
     * Returns how a value of that type becomes a {@code long}, or null if it is no number, as {@code boolean} and {@code char} are not.
     *
     * @param bits whether a number with a decimal point becomes its bits instead of its whole part
     */
    static @Nullable PrimitiveAsLong of(TypeDefinition type, boolean bits) {
        return switch (type.asErasure().getDescriptor()) {
            case "J" -> LONG;
            case "B", "S", "I" -> INT;
            case "F" -> bits ? FLOAT_BITS : FLOAT;
            case "D" -> bits ? DOUBLE_BITS : DOUBLE;
            default -> null;
        };
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public Size apply(MethodVisitor code, Implementation.Context context) {
        switch (this) {
            case INT -> code.visitInsn(Opcodes.I2L);
            case FLOAT -> code.visitInsn(Opcodes.F2L);
            case DOUBLE -> code.visitInsn(Opcodes.D2L);
            case FLOAT_BITS -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
                code.visitInsn(Opcodes.I2L);
            }
            case DOUBLE_BITS ->
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
            case LONG -> {}
        }
        return growth.toIncreasingSize();
    }
}
