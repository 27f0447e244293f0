package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Detects the type of an uploaded file, and extracts statements from ZIP archives within limits on number and size. */
final class StatementFiles {
    private static final int HEAD = 4_096;
    private static final int ENTRIES_MAX = 100;
    private static final int ENTRY_BYTES_MAX = 2_000_000;
    private static final int TOTAL_BYTES_MAX = 10_000_000;
    private static final Pattern MT940 = Pattern.compile("(?s).*(?:^|\\n):20:.*\\n:(?:25|60[FM]):.*|\\s*\\{1:F01.*");
    private static final Pattern ACCOMPANYING =
            Pattern.compile("(?i).*\\.(?:pdf|png|jpe?g|gif|xsd|md|p7s|sig|sha256|html?)");

    private StatementFiles() {}

    static List<StatementFile> open(String name, byte[] content) throws UnreadableStatement {
        if (content.length == 0) {
            throw new UnreadableStatement(Reason.EMPTY, "");
        }
        return isArchive(content) ? archive(content) : List.of(single(name, content));
    }

    private static boolean isArchive(byte[] content) {
        return content.length > 3
                && content[0] == 'P'
                && content[1] == 'K'
                && ((content[2] == 3 && content[3] == 4) || (content[2] == 5 && content[3] == 6));
    }

    private static StatementFile single(String name, byte[] content) throws UnreadableStatement {
        var head = head(content);
        var other = otherFormat(head, content);
        if (other.isPresent()) {
            throw new UnreadableStatement(other.get(), detail(head, content));
        }
        return new StatementFile(name, head.startsWith("<") ? StatementFormat.CAMT_053 : StatementFormat.CSV, content);
    }

    /** Returns the beginning as text regardless of its encoding, sufficient to detect formats. */
    private static String head(byte[] content) {
        return new String(content, 0, Math.min(content.length, HEAD), StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .replaceFirst("^(?:\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe)", "")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .stripLeading();
    }

    private static Optional<Reason> otherFormat(String head, byte[] content) {
        if (!binary(content).isEmpty() || isWebPage(head)) {
            return Optional.of(Reason.UNKNOWN_FORMAT);
        }
        return banking(head).isEmpty() ? Optional.empty() : Optional.of(Reason.OTHER_BANKING_FORMAT);
    }

    private static String detail(String head, byte[] content) {
        var binary = binary(content);
        if (!binary.isEmpty()) {
            return binary;
        }
        return isWebPage(head) ? "HTML" : banking(head);
    }

    private static boolean isWebPage(String head) {
        var lower = head.toLowerCase(Locale.ROOT);
        return lower.startsWith("<!doctype html") || lower.startsWith("<html");
    }

    private static String binary(byte[] content) {
        var head = new String(content, 0, Math.min(content.length, 8), StandardCharsets.ISO_8859_1);
        if (head.startsWith("%PDF")) {
            return "PDF";
        }
        if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return "Excel 97 (.xls)";
        }
        if (head.startsWith("\u001f\u008b")) {
            return "gzip";
        }
        if (head.startsWith("7z\u00bc\u00af")) {
            return "7-Zip";
        }
        if (head.startsWith("Rar!")) {
            return "RAR";
        }
        return head.startsWith("\u0089PNG") || head.startsWith("\u00ff\u00d8\u00ff") || head.startsWith("GIF8")
                ? "image"
                : "";
    }

    private static String banking(String head) {
        if (MT940.matcher(head).matches()) {
            return "MT940";
        }
        var upper = head.toUpperCase(Locale.ROOT);
        if (upper.startsWith("OFXHEADER") || upper.contains("<OFX>")) {
            return "OFX";
        }
        if (upper.startsWith("!TYPE:") || upper.startsWith("!ACCOUNT")) {
            return "QIF";
        }
        return head.startsWith("{") || head.startsWith("[{") ? "JSON" : "";
    }

    private static List<StatementFile> archive(byte[] content) throws UnreadableStatement {
        var files = new ArrayList<StatementFile>();
        var total = 0;
        var entries = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                if (entries > ENTRIES_MAX) {
                    throw new UnreadableStatement(Reason.TOO_MANY_FILES, Integer.toString(ENTRIES_MAX));
                }
                var bytes = zip.readNBytes(ENTRY_BYTES_MAX + 1);
                total += bytes.length;
                if (bytes.length > ENTRY_BYTES_MAX || total > TOTAL_BYTES_MAX) {
                    throw new UnreadableStatement(Reason.TOO_LARGE, name(entry));
                }
                if (!isIgnored(entry)) {
                    add(files, name(entry), bytes);
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new UnreadableStatement(Reason.BAD_ARCHIVE, "");
        }
        if (files.isEmpty()) {
            throw new UnreadableStatement(Reason.NO_STATEMENT_IN_ARCHIVE, "");
        }
        return List.copyOf(files);
    }

    private static void add(List<StatementFile> files, String name, byte[] bytes) throws UnreadableStatement {
        if (isArchive(bytes)) {
            throw new UnreadableStatement(Reason.BAD_ARCHIVE, name);
        }
        if (name.equals("[Content_Types].xml") || name.endsWith("content.xml")) {
            throw new UnreadableStatement(Reason.UNKNOWN_FORMAT, "Excel, OpenDocument");
        }
        if (bytes.length > 0) {
            files.add(single(name, bytes));
        }
    }

    /** Whether an entry is a folder, a hidden file of an operating system, or a file that banks include beside statements. */
    private static boolean isIgnored(ZipEntry entry) {
        var name = entry.getName();
        var last = name.substring(name.lastIndexOf('/') + 1);
        return entry.isDirectory()
                || name.startsWith("__MACOSX/")
                || last.startsWith(".")
                || ACCOMPANYING.matcher(last).matches();
    }

    private static String name(ZipEntry entry) {
        return BankTransaction.clean(entry.getName(), 120);
    }
}
