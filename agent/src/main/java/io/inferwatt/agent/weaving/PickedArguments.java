package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.Target;
import java.lang.annotation.Annotation;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.annotation.AnnotationValue;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.LongConstant;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import org.jspecify.annotations.Nullable;

/** Tells Byte Buddy what the annotations of {@link Picked} stand for in the methods of one hook. */
final class PickedArguments {

    private PickedArguments() {}

    static Advice.WithCustomMapping bind(Advice.WithCustomMapping advices, Hook hook) {
        Picked picked = Objects.requireNonNull(hook.picked());
        return advices.bind(new Argument<>(Picked.Model.class, picked.model()))
                .bind(new PrimitiveArgument<>(Picked.ModelBits.class, picked.model(), true))
                .bind(new Argument<>(Picked.Units.class, picked.units()))
                .bind(new PrimitiveArgument<>(Picked.UnitsNumber.class, picked.units(), false))
                .bind(new Argument<>(Picked.Requests.class, picked.requests()))
                .bind(new PrimitiveArgument<>(Picked.RequestsNumber.class, picked.requests(), false))
                .bind(new Answer())
                .bind(new Site(hook));
    }

    private static Advice.OffsetMapping.Target nothing() {
        return new Advice.OffsetMapping.Target.ForStackManipulation(NullConstant.INSTANCE);
    }

    /** Returns the argument of that index if it is primitive, else null. */
    private static @Nullable ParameterDescription primitive(MethodDescription method, int index) {
        if (index == Picked.NONE || index >= method.getParameters().size()) {
            return null;
        }
        ParameterDescription argument = method.getParameters().get(index);
        return argument.getType().isPrimitive() ? argument : null;
    }

    /** An argument of the method as an object, or null where there is none or it is primitive. */
    private record Argument<T extends Annotation>(Class<T> type, int index) implements Advice.OffsetMapping.Factory<T> {

        @Override
        public Class<T> getAnnotationType() {
            return type;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<T> annotation,
                AdviceType adviceType) {
            if (index == Picked.NONE) {
                return (instrumented, method, assigner, arguments, sort) -> nothing();
            }
            Advice.OffsetMapping argument = new Advice.OffsetMapping.ForArgument.Unresolved(
                    target.getType(), true, Assigner.Typing.DYNAMIC, index);
            return (instrumented, method, assigner, arguments, sort) -> primitive(method, index) == null
                    ? argument.resolve(instrumented, method, assigner, arguments, sort)
                    : nothing();
        }
    }

    /** A primitive argument of the method as a {@code long}, as {@link PrimitiveAsLong} makes it, or 1 where there is none. */
    private record PrimitiveArgument<T extends Annotation>(Class<T> type, int index, boolean bits)
            implements Advice.OffsetMapping.Factory<T> {

        @Override
        public Class<T> getAnnotationType() {
            return type;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<T> annotation,
                AdviceType adviceType) {
            return (instrumented, method, assigner, arguments, sort) ->
                    new Advice.OffsetMapping.Target.ForStackManipulation(read(primitive(method, index), arguments));
        }

        private StackManipulation read(@Nullable ParameterDescription argument, Advice.ArgumentHandler arguments) {
            PrimitiveAsLong asLong = argument == null ? null : PrimitiveAsLong.of(argument.getType(), bits);
            return argument == null || asLong == null
                    ? LongConstant.ONE
                    : new StackManipulation.Compound(
                            MethodVariableAccess.of(argument.getType())
                                    .loadFrom(arguments.argument(argument.getOffset())),
                            asLong);
        }
    }

    /** What the method returned as an object, or null where it returns nothing or a primitive. */
    private record Answer() implements Advice.OffsetMapping.Factory<Picked.Answer> {

        @Override
        public Class<Picked.Answer> getAnnotationType() {
            return Picked.Answer.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<Picked.Answer> annotation,
                AdviceType adviceType) {
            Advice.OffsetMapping answer =
                    new Advice.OffsetMapping.ForReturnValue(target.getType(), true, Assigner.Typing.DYNAMIC);
            return (instrumented, method, assigner, arguments, sort) ->
                    method.getReturnType().isPrimitive()
                            ? nothing()
                            : answer.resolve(instrumented, method, assigner, arguments, sort);
        }
    }

    private record Site(Hook hook) implements Advice.OffsetMapping.Factory<Picked.Site> {

        @Override
        public Class<Picked.Site> getAnnotationType() {
            return Picked.Site.class;
        }

        @Override
        public Advice.OffsetMapping make(
                ParameterDescription.InDefinedShape target,
                AnnotationDescription.Loadable<Picked.Site> annotation,
                AdviceType adviceType) {
            return (instrumented, method, assigner, arguments, sort) ->
                    Advice.OffsetMapping.Target.ForStackManipulation.of(text(instrumented, method));
        }

        private Object text(TypeDescription instrumented, MethodDescription method) {
            String value = hook.target() instanceof Target.Annotated annotated ? value(method, annotated) : null;
            Picked picked = Objects.requireNonNull(hook.picked());
            ParameterDescription model = primitive(method, picked.model());
            return picked.rule()
                    + Picked.SEPARATOR
                    + instrumented.getName()
                    + Picked.SEPARATOR
                    + method.getName()
                    + Picked.SEPARATOR
                    + (value == null ? "" : value.replace(Picked.SEPARATOR, ' '))
                    + Picked.SEPARATOR
                    + (model == null ? "" : model.getType().asErasure().getDescriptor());
        }

        private static @Nullable String value(MethodDescription method, Target.Annotated annotated) {
            for (AnnotationDescription annotation : method.getDeclaredAnnotations()) {
                TypeDescription type = annotation.getAnnotationType();
                if (type.getName().equals(annotated.annotation())
                        && !type.getDeclaredMethods()
                                .filter(declared -> declared.getName().equals("value"))
                                .isEmpty()) {
                    AnnotationValue<?, ?> value = annotation.getValue("value");
                    return value.resolve() instanceof String text ? text : null;
                }
            }
            return null;
        }
    }
}
