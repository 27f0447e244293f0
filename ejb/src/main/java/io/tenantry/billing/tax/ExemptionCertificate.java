package io.tenantry.billing.tax;

import io.tenantry.text.InputText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A document provided by a customer: its type is determined by its first bytes, not by its name. */
public final class ExemptionCertificate {
    /** Maximum size in bytes. */
    public static final int BYTES_MAX = 5 * 1024 * 1024;

    private static final int NAME_MAX = 120;

    private final String name;
    private final Kind kind;
    private final byte[] content;

    private enum Kind {
        PDF("application/pdf", "%PDF-"),
        PNG("image/png", "\u0089PNG\r\n\u001a\n"),
        JPEG("image/jpeg", "\u00ff\u00d8\u00ff");

        private final String mediaType;
        private final String begins;

        Kind(String mediaType, String begins) {
            this.mediaType = mediaType;
            this.begins = begins;
        }

        boolean isOf(byte[] content) {
            return content.length >= begins.length()
                    && new String(content, 0, begins.length(), StandardCharsets.ISO_8859_1).equals(begins);
        }
    }

    private ExemptionCertificate(String name, Kind kind, byte[] content) {
        this.name = name;
        this.kind = kind;
        this.content = content;
    }

    /**
     * Returns an uploaded document; empty if it is too large, or neither a PDF nor an image.
     *
     * @param name as sent by the browser; reduced to the last part of a path, without characters that are invalid in file names
     */
    public static Optional<ExemptionCertificate> of(String name, byte[] content) {
        if (content.length > BYTES_MAX) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.isOf(content)) {
                return Optional.of(new ExemptionCertificate(named(name, kind), kind, content.clone()));
            }
        }
        return Optional.empty();
    }

    private static String named(String name, Kind kind) {
        var end = InputText.foreignLine(name.replaceAll(".*[/\\\\]", "").replaceAll("[\"*:<>?|;]", " "));
        var whole = end.isEmpty() ? "document." + kind.name().toLowerCase(Locale.ROOT) : end;
        var excess = whole.codePointCount(0, whole.length()) - NAME_MAX;
        return excess <= 0 ? whole : whole.substring(whole.offsetByCodePoints(0, excess));
    }

    public String name() {
        return name;
    }

    public String mediaType() {
        return kind.mediaType;
    }

    public byte[] content() {
        return content.clone();
    }

    @Override
    public String toString() {
        return name + ", " + content.length + " bytes, " + kind;
    }
}
