package io.tenantry.web.layout;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files that people upload with a form. */
public final class Uploads {
    private Uploads() {}

    /** Returns the content of a file; if it exceeds the limit, one byte more than the limit, which reveals the excess. */
    public static byte[] content(Part file, int bytesMax) {
        try (var in = file.getInputStream()) {
            return in.readNBytes(bytesMax + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
