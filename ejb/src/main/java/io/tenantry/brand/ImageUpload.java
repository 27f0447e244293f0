package io.tenantry.brand;

/**
 * Makes a picture of ours out of an upload, so that nothing is kept but what we wrote ourselves: pixels are drawn anew, vector
 * drawings are written anew from a list of what is allowed. Both are looked at before they are read: bytes, form, dimensions.
 */
public final class ImageUpload {
    /** The largest upload. */
    public static final int UPLOAD_BYTES_MAX = 1_048_576;

    private ImageUpload() {}

    /** What a picture is for, and so how large it is kept. */
    public enum Kind {
        /** On light grounds. */
        LOGO(480, 144, true),
        /** On dark grounds, where the other cannot be seen. */
        LOGO_DARK(480, 144, true),
        /** A square from which the icons of tabs and home screens are made. */
        ICON(512, 512, false),
        /** Behind the brand's words beside the sign-in. */
        BACKDROP(1_600, 1_600, false);

        private final int widthMax;
        private final int heightMax;
        private final boolean isDrawing;

        Kind(int widthMax, int heightMax, boolean isDrawing) {
            this.widthMax = widthMax;
            this.heightMax = heightMax;
            this.isDrawing = isDrawing;
        }

        int widthMax() {
            return widthMax;
        }

        int heightMax() {
            return heightMax;
        }

        /** Whether it may be SVG. */
        public boolean isDrawing() {
            return isDrawing;
        }

        /** As files that a browser lets people choose. */
        public String accept() {
            return isDrawing ? "image/svg+xml,image/png,image/jpeg" : "image/png,image/jpeg";
        }
    }

    /** What becomes of an upload. */
    public sealed interface Outcome {
        /** A picture of ours. */
        final class Made implements Outcome {
            private final String mediaType;
            private final byte[] content;
            private final int width;
            private final int height;

            Made(String mediaType, byte[] content, int width, int height) {
                this.mediaType = mediaType;
                this.content = content.clone();
                this.width = width;
                this.height = height;
            }

            /** {@code image/png}, {@code image/jpeg} or {@code image/svg+xml}. */
            public String mediaType() {
                return mediaType;
            }

            /** The file's content. */
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
         * Not taken, and why.
         *
         * @param found what of the file is meant, such as the name of an element; often nothing
         */
        record Refused(Reason reason, String found) implements Outcome {
            Refused(Reason reason) {
                this(reason, "");
            }
        }
    }

    /** Why an upload is not taken. */
    public enum Reason {
        /** More than {@link #UPLOAD_BYTES_MAX} bytes, or too detailed to be stored. */
        TOO_LARGE,
        /** Not of a form that is taken, or damaged. */
        NOT_AN_IMAGE,
        /** More pixels than {@code Raster} takes, on a side or in all. */
        TOO_MANY_PIXELS,
        /** Colours that are not red, green and blue, or grey: such as CMYK for print. */
        COLOURS,
        /** More than one picture, one after the other. */
        ANIMATED,
        /** A vector drawing whose style sheet does more than say how classes, elements and ids are painted. */
        STYLE_SHEET,
        /** A vector drawing that declares more than entities of plain text, which could grow without bounds or read files. */
        ENTITIES,
        /** A vector drawing in an encoding that is unknown, or another than it says. */
        ENCODING,
        /** Text, which everybody draws in another font. */
        TEXT,
        /** Pixels within a vector drawing. */
        EMBEDDED_IMAGE,
        /** Scripts, animations and whatever else reacts. */
        ACTIVE,
        /** Filters: shadows, blurs. */
        EFFECT,
        /** An element that is not drawn alike everywhere. */
        ELEMENT,
        /** An attribute, or a value of one, that is not drawn alike everywhere. */
        ATTRIBUTE,
        /** A reference to what is not in the file, is there twice, or is of the wrong kind. */
        REFERENCE,
        /** Something that is drawn within itself. */
        CYCLE,
        /** More elements, levels or repetitions than are drawn. */
        TOO_COMPLEX,
        /** A vector drawing with neither a view box nor a width and height. */
        NO_SIZE,
        /** Nothing of it can be seen. */
        EMPTY,
        /** It would not look as it did. */
        DIFFERENT,
        /** An icon that is not about as wide as it is high. */
        NOT_SQUARE,
        /** It took too long to read. */
        TOO_SLOW,
        /** Others are being read. Nothing is wrong with it. */
        BUSY
    }

    /** The picture of an upload. */
    public static Outcome of(Kind kind, byte[] upload) {
        if (upload.length > UPLOAD_BYTES_MAX) {
            return new Outcome.Refused(Reason.TOO_LARGE);
        }
        return kind.isDrawing() && SvgReader.isMarkup(upload) ? SvgSanitizer.of(upload) : rasterOf(kind, upload);
    }

    /** The picture of an upload of pixels; vector drawings are refused. */
    public static Outcome rasterOf(Kind kind, byte[] upload) {
        return upload.length > UPLOAD_BYTES_MAX ? new Outcome.Refused(Reason.TOO_LARGE) : Raster.of(kind, upload);
    }
}
