package io.tenantry.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of a file, told by its first bytes, so that a refusal can name what was uploaded. Its name is no evidence: a file keeps its format
 * when it is renamed. Only formats that people upload by mistake are known. Pure.
 */
public enum FileFormat {
    GIF("GIF", "GIF8[79]a"),
    PNG("PNG", "\\x{89}PNG\r\n"),
    JPEG("JPEG", "\\x{ff}\\x{d8}\\x{ff}"),
    WEBP("WebP", "RIFF....WEBP"),
    AVIF("AVIF", "....ftypavi[fs]"),
    HEIC("HEIC", "....ftyp(?:hei|hev|mif|msf)"),
    BMP("BMP", "BM.{4}\\x{0}{4}"),
    TIFF("TIFF", "II\\*\\x{0}|MM\\x{0}\\*"),
    ICO("ICO", "\\x{0}\\x{0}[\\x{1}\\x{2}]\\x{0}"),
    PHOTOSHOP("Photoshop", "8BPS"),
    PDF("PDF", "\\s*%PDF-"),
    POSTSCRIPT("PostScript", "%!PS|\\x{c5}\\x{d0}\\x{d3}\\x{c6}"),
    ODS("OpenDocument", "PK\\x{3}\\x{4}.{26}mimetypeapplication/vnd\\.oasis"),
    XLSX("Excel (XLSX)", "PK\\x{3}\\x{4}.{0,4000}?(?:\\[Content_Types\\]\\.xml|xl/|docProps/)"),
    NUMBERS("Numbers", "PK\\x{3}\\x{4}.{0,4000}?(?:Index/|\\.iwa)"),
    ZIP("ZIP", "PK\\x{3}\\x{4}|PK\\x{5}\\x{6}"),
    GZIP("GZIP", "\\x{1f}\\x{8b}"),
    XLS("Excel (XLS)", "\\x{d0}\\x{cf}\\x{11}\\x{e0}"),
    HTML("HTML", "(?:\\x{ef}\\x{bb}\\x{bf})?\\s*<(?:!doctype html|html)[\\s>]"),
    SVG("SVG", "(?:\\x{ef}\\x{bb}\\x{bf})?\\s*<(?:.{0,2000}?<)?svg[\\s>]");

    private static final int HEAD = 4_200;

    private final String written;
    private final Pattern head;

    FileFormat(String written, String head) {
        this.written = written;
        this.head = Pattern.compile(head, Pattern.DOTALL);
    }

    /** Returns the name of the format, as people know it; the same in all languages. */
    public String written() {
        return written;
    }

    /** Returns the format of a file; empty if it is none of these, such as plain text. */
    public static Optional<FileFormat> of(byte[] file) {
        var head = new String(file, 0, Math.min(file.length, HEAD), StandardCharsets.ISO_8859_1);
        for (var format : values()) {
            var text = format == HTML ? head.toLowerCase(Locale.ROOT) : head;
            if (format.head.matcher(text).lookingAt()) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
