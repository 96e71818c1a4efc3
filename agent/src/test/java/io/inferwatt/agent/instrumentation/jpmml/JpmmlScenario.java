package io.inferwatt.agent.instrumentation.jpmml;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A regression written by hand, loaded from a file. By reflection, since nothing is compiled against JPMML. */
public final class JpmmlScenario implements LibraryScenario {

    private static final String MODEL = """
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
              <Header/>
              <DataDictionary>
                <DataField name="age" optype="continuous" dataType="double"/>
                <DataField name="risk" optype="continuous" dataType="double"/>
              </DataDictionary>
              <RegressionModel %s functionName="regression">
                <MiningSchema>
                  <MiningField name="age"/>
                  <MiningField name="risk" usageType="target"/>
                </MiningSchema>
                <RegressionTable intercept="1">
                  <NumericPredictor name="age" coefficient="2"/>
                </RegressionTable>
              </RegressionModel>
            </PMML>
            """;

    private final Object evaluator;

    public JpmmlScenario() throws Exception {
        Path file = Files.createTempDirectory("jpmml").resolve("risk.pmml");
        Files.writeString(file, MODEL.formatted("modelName=\"risk by age\""));
        evaluator = loaded(File.class, file.toFile());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    private static Object loaded(Class<?> type, Object source) throws Exception {
        Object builder = Class.forName("org.jpmml.evaluator.LoadingModelEvaluatorBuilder")
                .getConstructor()
                .newInstance();
        builder.getClass().getMethod("load", type).invoke(builder, source);
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static Object loadedFromAStream(String attribute) throws Exception {
        byte[] model = MODEL.formatted(attribute).getBytes(StandardCharsets.UTF_8);
        return loaded(InputStream.class, new ByteArrayInputStream(model));
    }

    private static Object evaluate(Object evaluator, Map<String, ?> inputs) throws Exception {
        try {
            return evaluator.getClass().getMethod("evaluate", Map.class).invoke(evaluator, inputs);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
        }
    }

    @Override
    public void call() throws Exception {
        if (!evaluate(evaluator, Map.of("age", 3)).toString().equals("{risk=7.0}")) {
            throw new IllegalStateException("not what the model says");
        }
    }

    public void callLoadedFromStreams() throws Exception {
        evaluate(loadedFromAStream("modelName=\"risk by age\""), Map.of("age", 3));
        evaluate(loadedFromAStream(""), Map.of("age", 3));
    }

    @Override
    public void failingCall() throws Exception {
        evaluate(evaluator, Map.of("age", "old"));
    }

    @Override
    public void callWithNull() throws Exception {
        evaluate(evaluator, null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("risk");
    }

    @Override
    public long rows() {
        return 1;
    }

    /** There is nothing to release. */
    @Override
    public void callAfterClose() throws Exception {
        close();
        call();
    }

    @Override
    public void close() {}
}
