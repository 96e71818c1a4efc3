package io.inferwatt.agent.instrumentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/** The rules for advice classes, read from their class files. */
final class AdviceStyle {

    private static final int MOST_LINES = 2;
    private static final String ENTER = Type.getDescriptor(Advice.OnMethodEnter.class);
    private static final String EXIT = Type.getDescriptor(Advice.OnMethodExit.class);

    private AdviceStyle() {}

    /** Returns what is wrong with an advice class, for people. */
    static List<String> faults(byte[] classFile) {
        List<String> faults = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(OpenedClassReader.ASM_API) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return name.startsWith("<") ? null : new Method(access, name, descriptor, faults);
                            }
                        },
                        0);
        return faults;
    }

    private static final class Method extends MethodVisitor {

        private final int access;
        private final String name;
        private final String descriptor;
        private final List<String> faults;
        private final Set<Integer> lines = new HashSet<>();
        private boolean isAdvice;
        private boolean endsCalls;
        private boolean enterFirst;
        private boolean suppressed;
        private boolean inline = true;

        Method(int access, String name, String descriptor, List<String> faults) {
            super(OpenedClassReader.ASM_API);
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
            this.faults = faults;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            if (!annotation.equals(ENTER) && !annotation.equals(EXIT)) {
                return null;
            }
            isAdvice = true;
            return new AnnotationVisitor(api) {
                @Override
                public void visit(String key, Object value) {
                    suppressed |= key.equals("suppress") && value.equals(Type.getType(Throwable.class));
                    inline &= !key.equals("inline") || Boolean.TRUE.equals(value);
                }
            };
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String annotation, boolean visible) {
            if (annotation.equals(Type.getDescriptor(Advice.Enter.class))) {
                endsCalls = true;
                enterFirst |= parameter == 0;
            }
            return null;
        }

        @Override
        public void visitLineNumber(int line, Label start) {
            lines.add(line);
        }

        @Override
        public void visitEnd() {
            fault(isAdvice, "is no advice: only advice methods belong into an advice class");
            fault(
                    (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)) == (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC),
                    "must be public and static");
            fault(suppressed, "lacks suppress = Throwable.class");
            fault(!inline, "lacks inline = false");
            fault(lines.size() <= MOST_LINES, "has " + lines.size() + " lines; the logic belongs beside it");
            fault(!descriptor.contains("Lio/inferwatt/"), "names a type of the agent in " + descriptor);
            fault(
                    !endsCalls || (enterFirst && name.equals("exit")),
                    "must be called exit and take the enter value first, else it cannot end calls once switched off");
        }

        private void fault(boolean fine, String text) {
            if (!fine) {
                faults.add(name + " " + text);
            }
        }
    }
}
