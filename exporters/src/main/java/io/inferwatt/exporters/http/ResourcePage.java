package io.inferwatt.exporters.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file beside a class, read when it is first asked for. */
public final class ResourcePage implements Page {

    private final Class<?> beside;
    private final String name;
    private final String contentType;

    /** Two bodies of one file are as good as one, so nobody waits for the other. */
    private volatile @Nullable File file;

    public ResourcePage(Class<?> beside, String name, String contentType) {
        this.beside = beside;
        this.name = name;
        this.contentType = contentType;
    }

    @Override
    public Answer answer(Wish wish) throws IOException {
        File known = file;
        if (known == null) {
            known = read();
            file = known;
        }
        return new Answer(200, contentType, wish.gzip() ? known.zipped : known.plain, wish.gzip());
    }

    private File read() throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not in the jar");
            }
            byte[] plain = in.readAllBytes();
            return new File(plain, FreshPage.gzip(plain));
        }
    }

    private static final class File {

        private final byte[] plain;
        private final byte[] zipped;

        File(byte[] plain, byte[] zipped) {
            this.plain = plain;
            this.zipped = zipped;
        }
    }
}
