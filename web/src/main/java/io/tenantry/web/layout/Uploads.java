package io.tenantry.web.layout;

import io.tenantry.text.TextFile;
import io.tenantry.text.TextFile.Decoded;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that people upload with a form. */
public final class Uploads {
    private static final int MEGABYTE = 1_000_000;

    private Uploads() {}

    /** Whether no file was chosen, which browsers send as an empty one without a name. An empty file with a name was chosen by mistake. */
    public static boolean isMissing(@Nullable Part file) {
        return file == null
                || (file.getSize() == 0
                        && Objects.requireNonNullElse(file.getSubmittedFileName(), "")
                                .isEmpty());
    }

    /** Returns the content of a file; if it exceeds the limit, one byte more than the limit, which reveals the excess. */
    public static byte[] content(Part file, int bytesMax) {
        try (var in = file.getInputStream()) {
            return in.readNBytes(bytesMax + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the text in a file; empty, with the reason at the field, if it cannot be decoded. */
    public static Optional<String> text(Part file, int bytesMax, String field, Format format) {
        var decoded = TextFile.decode(content(file, bytesMax), bytesMax);
        if (decoded instanceof Decoded.Refused refused) {
            PageResult.refuse(
                    field,
                    format.text(
                            "upload.fault." + refused.fault(), refused.line(), bytesMax / MEGABYTE, refused.format()));
            return Optional.empty();
        }
        return Optional.of(((Decoded.Text) decoded).text());
    }
}
