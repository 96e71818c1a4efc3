package io.inferwatt.agent.instrumentation.h2o;

import hex.genmodel.MojoModel;
import hex.genmodel.MojoReaderBackendFactory;
import hex.genmodel.easy.EasyPredictModelWrapper;
import hex.genmodel.easy.RowData;
import hex.genmodel.easy.exception.PredictException;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A linear regression of two numbers, written in the text format of MOJO and loaded from a file. */
public final class H2oScenario implements LibraryScenario {

    /** price = 2 rooms + 3 area + 1. */
    private static final String MODEL = """
            [info]
            h2o_version = 3.46.0.12
            mojo_version = 1.00
            algo = glm
            algorithm = Generalized Linear Model
            category = Regression
            uuid = 4711
            supervised = true
            n_features = 2
            n_classes = 1
            n_columns = 3
            n_domains = 0
            balance_classes = false
            default_threshold = 0.5
            prior_class_distrib = null
            model_class_distrib = null
            use_all_factor_levels = false
            cats = 0
            cat_offsets = [0]
            nums = 2
            mean_imputation = false
            beta = [2.0, 3.0, 1.0]
            family = gaussian
            link = identity
            tweedie_link_power = 0.0

            [columns]
            rooms
            area
            price

            [domains]
            """;

    private final byte[] mojo = zipped();
    private final EasyPredictModelWrapper wrapper;
    private final RowData row = new RowData();

    public H2oScenario() throws IOException {
        Path file = Files.createTempDirectory("h2o").resolve("price.zip");
        Files.write(file, mojo);
        wrapper = new EasyPredictModelWrapper(MojoModel.load(file.toString()));
        Files.delete(file);
        Files.delete(file.getParent());
        row.put("rooms", 2.0);
        row.put("area", 5.0);
    }

    private static byte[] zipped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("model.ini"));
            zip.write(MODEL.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void call() throws PredictException {
        if (wrapper.predictRegression(row).value != 20) {
            throw new IllegalStateException("not what the model says");
        }
    }

    /** Calls methods that end in each other, once each. */
    public void callAllOverloads() throws PredictException {
        wrapper.predict(row);
        wrapper.predictRegression(row);
        wrapper.predictRegression(row, 1);
        wrapper.predictRaw(row, 0);
    }

    public void callLoadedFromAStream() throws IOException, PredictException {
        MojoModel model = MojoModel.load(MojoReaderBackendFactory.createReaderBackend(
                new ByteArrayInputStream(mojo), MojoReaderBackendFactory.CachingStrategy.MEMORY));
        new EasyPredictModelWrapper(model).predict(row);
    }

    @Override
    public void failingCall() throws PredictException {
        wrapper.predictBinomial(row);
    }

    @Override
    public void callWithNull() throws PredictException {
        wrapper.predictRegression(null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("price");
    }

    @Override
    public long rows() {
        return 1;
    }

    /** There is nothing to release. */
    @Override
    public void callAfterClose() throws PredictException {
        close();
        call();
    }

    @Override
    public void close() {}
}
