package io.tenantry.brand;

import io.tenantry.text.FileFormat;
import org.jspecify.annotations.Nullable;

/**
 * Converts an upload into a picture written by us, so that nothing else of it is stored: raster images are redrawn, vector drawings are
 * rewritten from an allowlist. Both are checked before they are decoded: size in bytes, format, dimensions.
 */
public final class ImageUpload {
    /** The maximum size of an upload. */
    public static final int UPLOAD_BYTES_MAX = 1_048_576;

    private ImageUpload() {}

    /** The purpose of a picture, which determines its stored size. */
    public enum Kind {
        /** On light backgrounds. */
        LOGO(480, 144, true),
        /** On dark backgrounds, where the other would be invisible. */
        LOGO_DARK(480, 144, true),
        /** A square from which the icons of tabs and home screens are made. */
        ICON(512, 512, false),
        /** The background of the brand's words beside the sign-in form. */
        BACKDROP(1_600, 1_600, false);

        private final int widthMax;
        private final int heightMax;
        private final boolean isDrawing;

        Kind(int widthMax, int heightMax, boolean isDrawing) {
            this.widthMax = widthMax;
            this.heightMax = heightMax;
            this.isDrawing = isDrawing;
        }

        /** Returns the background that it is always shown on, approximately; null if it covers that, or if there are several. */
        @Nullable
        Colour ground() {
            return switch (this) {
                case LOGO -> Colour.WHITE;
                case LOGO_DARK -> Colour.BLACK;
                case ICON, BACKDROP -> null;
            };
        }

        int widthMax() {
            return widthMax;
        }

        int heightMax() {
            return heightMax;
        }

        /** Whether it may be an SVG. */
        public boolean isDrawing() {
            return isDrawing;
        }

        /** Returns the file types for a browser's file dialog. */
        public String accept() {
            return isDrawing ? "image/svg+xml,image/png,image/jpeg" : "image/png,image/jpeg";
        }
    }

    /** The result of an upload. */
    public sealed interface Outcome {
        /** A picture that was redrawn. */
        final class Accepted implements Outcome {
            private final String mediaType;
            private final byte[] content;
            private final int width;
            private final int height;

            Accepted(String mediaType, byte[] content, int width, int height) {
                this.mediaType = mediaType;
                this.content = content.clone();
                this.width = width;
                this.height = height;
            }

            /** Returns {@code image/png}, {@code image/jpeg} or {@code image/svg+xml}. */
            public String mediaType() {
                return mediaType;
            }

            /** Returns the file's content. */
            public byte[] content() {
                return content.clone();
            }

            public int width() {
                return width;
            }

            public int height() {
                return height;
            }
        }

        /**
         * The upload was refused, and why.
         *
         * @param found the part of the file concerned, such as the name of an element; often empty
         */
        record Refused(Reason reason, String found) implements Outcome {
            Refused(Reason reason) {
                this(reason, "");
            }
        }
    }

    /** The reasons for refusing an upload. */
    public enum Reason {
        /** More than {@link #UPLOAD_BYTES_MAX} bytes, or too detailed to be stored. */
        TOO_LARGE,
        /** A file without content. */
        NO_CONTENT,
        /** Of another known format. */
        FORMAT,
        /** Of an unknown format, or damaged. */
        NOT_AN_IMAGE,
        /** More pixels than {@code Raster} accepts, on a side or in total. */
        TOO_MANY_PIXELS,
        /** A color space other than RGB or gray, such as CMYK for print. */
        COLOURS,
        /** More than one frame. */
        ANIMATED,
        /** A vector drawing whose style sheet does more than define how classes, elements and ids are painted. */
        STYLE_SHEET,
        /** A vector drawing with parts that are drawn only in some languages or by some programs. */
        CONDITION,
        /** A vector drawing that declares entities other than plain text, which could grow without bounds or read files. */
        ENTITIES,
        /** A vector drawing in an unknown encoding, or in one other than declared. */
        ENCODING,
        /** Text, which is rendered in different fonts. */
        TEXT,
        /** A raster image within a vector drawing. */
        EMBEDDED_IMAGE,
        /** Scripts, animations and other active content. */
        ACTIVE,
        /** Filters: shadows, blurs. */
        EFFECT,
        /** An element that is not rendered alike everywhere. */
        ELEMENT,
        /** An attribute, or a value of one, that is not rendered alike everywhere. */
        ATTRIBUTE,
        /** A reference whose target is missing, ambiguous, or of the wrong kind. */
        REFERENCE,
        /** A reference cycle. */
        CYCLE,
        /** More elements, levels or repetitions than allowed. */
        TOO_COMPLEX,
        /** A vector drawing with neither a view box nor a width and height. */
        NO_SIZE,
        /** Nothing of it is visible on its background. */
        EMPTY,
        /** The result would look different. */
        DIFFERENT,
        /** An icon that is not approximately square. */
        NOT_SQUARE,
        /** Decoding took too long. */
        TOO_SLOW,
        /** The decoder is busy. Nothing is wrong with the upload. */
        BUSY
    }

    /** Converts an upload. */
    public static Outcome of(Kind kind, byte[] upload) {
        if (upload.length > UPLOAD_BYTES_MAX) {
            return new Outcome.Refused(Reason.TOO_LARGE);
        }
        return kind.isDrawing() && SvgReader.isMarkup(upload) ? SvgSanitizer.of(kind, upload) : rasterOf(kind, upload);
    }

    /** Converts a raster upload; vector drawings are refused. */
    public static Outcome rasterOf(Kind kind, byte[] upload) {
        if (upload.length > UPLOAD_BYTES_MAX) {
            return new Outcome.Refused(Reason.TOO_LARGE);
        }
        if (upload.length == 0) {
            return new Outcome.Refused(Reason.NO_CONTENT);
        }
        return FileFormat.of(upload)
                .filter(format -> format != FileFormat.PNG && format != FileFormat.JPEG)
                .<Outcome>map(format -> new Outcome.Refused(Reason.FORMAT, format.written()))
                .orElseGet(() -> Raster.of(kind, upload));
    }
}
