package io.tenantry.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Decodes an uploaded text file: UTF-8, or UTF-16 and UTF-32 by the byte order mark or the zeros, also as the only file in a ZIP archive. Any
 * other file is refused with the reason. Nothing is dropped: a number without one of its characters would be another number.
 */
public final class TextFile {
    private static final int ZEROS_MIN = 3;
    private static final int ENTRIES_MAX = 20;
    private static final char END_OF_FILE = 0x1a;

    private static final Set<FileFormat> SPREADSHEETS =
            EnumSet.of(FileFormat.XLSX, FileFormat.XLS, FileFormat.ODS, FileFormat.NUMBERS);

    /** Formats that are text themselves. */
    private static final Set<FileFormat> MARKUP = EnumSet.of(FileFormat.SVG, FileFormat.HTML);

    private TextFile() {}

    /** The result of decoding. */
    public sealed interface Decoded {
        /** The text without a byte order mark. */
        record Text(String text) implements Decoded {}

        /**
         * The file was refused.
         *
         * @param line of a control character, counted from one; else 0
         * @param format of a file that is no text; else empty
         */
        record Refused(Fault fault, int line, String format) implements Decoded {
            public Refused(Fault fault, int line) {
                this(fault, line, "");
            }
        }
    }

    /** The reasons for refusing a file. */
    public enum Fault {
        /** It has no content, or only blanks. */
        EMPTY,
        /** It is a workbook of a spreadsheet program, which can be saved as text. */
        SPREADSHEET,
        /** It is of another known format that is no text. */
        FORMAT,
        /** It is not in UTF-8 or UTF-16. */
        ENCODING,
        /** It has a control character. */
        CONTROL,
        /** The archive cannot be read, or does not have exactly one file. */
        ARCHIVE,
        /** The file in the archive is too long. */
        TOO_LONG
    }

    /**
     * Decodes a file.
     *
     * @param bytesMax the maximum length of a file in an archive
     */
    public static Decoded decode(byte[] file, int bytesMax) {
        if (!starts(file, 'P', 'K', 3, 4) || isSpreadsheet(file)) {
            return text(file);
        }
        Optional<byte[]> only;
        try {
            only = unpacked(file, bytesMax);
        } catch (IOException | IllegalArgumentException broken) {
            only = Optional.empty();
        }
        return only.map(bytes -> bytes.length > bytesMax ? refused(Fault.TOO_LONG) : text(bytes))
                .orElseGet(() -> refused(Fault.ARCHIVE));
    }

    private static Optional<byte[]> unpacked(byte[] file, int bytesMax) throws IOException {
        Optional<byte[]> only = Optional.empty();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            var entries = 0;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                if (!isIgnored(entry)) {
                    if (only.isPresent() || entries > ENTRIES_MAX) {
                        return Optional.empty();
                    }
                    var bytes = zip.readNBytes(bytesMax + 1);
                    only = Optional.of(bytes);
                    if (bytes.length > bytesMax) {
                        return only;
                    }
                }
            }
        }
        return only;
    }

    /** Whether an entry is a folder or a hidden file of an operating system. */
    private static boolean isIgnored(ZipEntry entry) {
        var name = entry.getName();
        return entry.isDirectory()
                || name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    private static boolean isSpreadsheet(byte[] file) {
        return FileFormat.of(file).filter(SPREADSHEETS::contains).isPresent();
    }

    private static Decoded text(byte[] file) {
        var other = FileFormat.of(file).filter(format -> !MARKUP.contains(format));
        if (other.isPresent()) {
            var fault = SPREADSHEETS.contains(other.get()) ? Fault.SPREADSHEET : Fault.FORMAT;
            return new Decoded.Refused(fault, 0, other.get().written());
        }
        try {
            var text = charset(file).newDecoder().decode(ByteBuffer.wrap(file)).toString();
            var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return plain.isBlank() ? refused(Fault.EMPTY) : checked(plain);
        } catch (CharacterCodingException otherEncoding) {
            return refused(Fault.ENCODING);
        }
    }

    private static Charset charset(byte[] file) {
        if (starts(file, 0xff, 0xfe, 0, 0)) {
            return Charset.forName("UTF-32LE");
        }
        if (starts(file, 0, 0, 0xfe, 0xff)) {
            return Charset.forName("UTF-32BE");
        }
        if (starts(file, 0xff, 0xfe) || isZeroAt(file, 1)) {
            return StandardCharsets.UTF_16LE;
        }
        return starts(file, 0xfe, 0xff) || isZeroAt(file, 0) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** Whether the high bytes of the first characters are zero, as those of ASCII characters are in UTF-16, and the low bytes are not. */
    private static boolean isZeroAt(byte[] file, int at) {
        var pairs = Math.min(file.length / 2, 64);
        var zeros = 0;
        for (var pair = 0; pair < pairs; pair++) {
            if (file[2 * pair + 1 - at] == 0) {
                return false;
            }
            zeros += file[2 * pair + at] == 0 ? 1 : 0;
        }
        return zeros >= ZEROS_MIN && 2 * zeros >= pairs;
    }

    private static boolean starts(byte[] file, int... bytes) {
        if (file.length < bytes.length) {
            return false;
        }
        for (var at = 0; at < bytes.length; at++) {
            if ((file[at] & 0xff) != bytes[at]) {
                return false;
            }
        }
        return true;
    }

    /** The end mark of DOS at the end is the only control character that is ignored. */
    private static Decoded checked(String text) {
        var end = !text.isEmpty() && text.charAt(text.length() - 1) == END_OF_FILE ? text.length() - 1 : text.length();
        var line = 1;
        for (var at = 0; at < end; at++) {
            var sign = text.charAt(at);
            if (sign == '\n') {
                line++;
            } else if (Character.isISOControl(sign) && sign != '\r' && sign != '\t' && sign != 0x85) {
                return new Decoded.Refused(Fault.CONTROL, line);
            }
        }
        return new Decoded.Text(text.substring(0, end));
    }

    private static Decoded refused(Fault fault) {
        return new Decoded.Refused(fault, 0);
    }
}
