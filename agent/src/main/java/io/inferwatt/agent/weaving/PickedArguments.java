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
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import org.jspecify.annotations.Nullable;

/** Tells Byte Buddy what the annotations of {@link Picked} stand for in the methods of one hook. */
final class PickedArguments {

    private PickedArguments() {}

    static Advice.WithCustomMapping bind(Advice.WithCustomMapping advices, Hook hook) {
        Picked picked = Objects.requireNonNull(hook.picked());
        return advices.bind(new Argument<>(Picked.Model.class, picked.model()))
                .bind(new Argument<>(Picked.Units.class, picked.units()))
                .bind(new Argument<>(Picked.Requests.class, picked.requests()))
                .bind(new Answer())
                .bind(new Site(hook));
    }

    /** No object is made of a number: where there is no memory for it the exit advice would not be reached. */
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
            Advice.OffsetMapping returned =
                    new Advice.OffsetMapping.ForReturnValue(target.getType(), true, Assigner.Typing.DYNAMIC);
            return (instrumented, method, assigner, arguments, sort) ->
                    method.getReturnType().isPrimitive()
                            ? new Advice.OffsetMapping.Target.ForStackManipulation(NullConstant.INSTANCE)
                            : returned.resolve(instrumented, method, assigner, arguments, sort);
        }
    }

    /** An argument of the method as an object, or null for none. */
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
                return (instrumented, method, assigner, arguments, sort) ->
                        new Advice.OffsetMapping.Target.ForStackManipulation(NullConstant.INSTANCE);
            }
            return new Advice.OffsetMapping.ForArgument.Unresolved(
                    target.getType(), true, Assigner.Typing.DYNAMIC, index);
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
            return Objects.requireNonNull(hook.picked()).rule()
                    + Picked.SEPARATOR
                    + instrumented.getName()
                    + Picked.SEPARATOR
                    + method.getName()
                    + Picked.SEPARATOR
                    + (value == null ? "" : value.replace(Picked.SEPARATOR, ' '));
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
