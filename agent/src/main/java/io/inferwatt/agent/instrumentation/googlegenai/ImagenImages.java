package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateImagesConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many images of which size a request asks for. Imagen is asked for a class of sizes and a shape, and has one size for each:
 * those of 1K are in Google's documentation of Imagen 4 ("aspect ratio and resolution"), those of 2K have twice the width and height.
 */
final class ImagenImages {

    /** Imagen makes as many where a request does not say. */
    private static final int COUNT = 4;

    private static final String SQUARE = "1:1";

    private static final Map<String, Size> SIZES_1K = Map.of(
            SQUARE,
            new Size(1024, 1024),
            "3:4",
            new Size(896, 1280),
            "4:3",
            new Size(1280, 896),
            "9:16",
            new Size(768, 1408),
            "16:9",
            new Size(1408, 768));

    private ImagenImages() {}

    private record Size(int width, int height) {}

    static int count(@Nullable GenerateImagesConfig config) {
        return config == null ? COUNT : config.numberOfImages().orElse(COUNT);
    }

    /** Returns width and height, such as {@code 1024x1024}; empty if not asked for or not known. */
    static String size(@Nullable GenerateImagesConfig config) {
        if (config == null || config.imageSize().isEmpty()) {
            return "";
        }
        Size size = SIZES_1K.get(config.aspectRatio().orElse(SQUARE));
        int times = config.imageSize().get().equals("1K")
                ? 1
                : config.imageSize().get().equals("2K") ? 2 : 0;
        return size == null || times == 0 ? "" : size.width() * times + "x" + size.height() * times;
    }
}
