package io.tenantry.web.layout;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files that people send with a form. */
public final class Uploads {
    private Uploads() {}

    /** What is in one; of one that is longer than so many bytes one byte more than these, by which it shows. */
    public static byte[] content(Part file, int bytesMax) {
        try (var in = file.getInputStream()) {
            return in.readNBytes(bytesMax + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
