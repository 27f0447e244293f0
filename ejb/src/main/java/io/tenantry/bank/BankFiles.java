package io.tenantry.bank;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Takes files of bank statements. The lines of a file are kept in one transaction, and those that bear a reference are booked after it, each in its
 * own, so that no wallet is locked for long; what nobody came to book is booked with the next file. The same file again changes nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BankFiles {
    /** A file has at most so many bytes. */
    public static final int BYTES_MAX = 1_000_000;

    private static final Logger LOG = System.getLogger(BankFiles.class.getName());
    private static final int LINES_MAX = 5_000;
    private static final int NAME_MAX = 120;

    @Inject
    BankLines lines;

    /** How taking a file ended. */
    public sealed interface Outcome {
        /**
         * It was read.
         *
         * @param fresh lines that were not there before
         * @param booked lines that were put into wallets now
         */
        record Taken(UUID importId, int lines, int fresh, int booked) implements Outcome {}

        /**
         * It is no statement that we can read; nothing was taken from it.
         *
         * @param reason the name of why not
         * @param detail which value or columns
         */
        record Unreadable(String reason, String detail) implements Outcome {}
    }

    /** Takes a file, XML or a table of text. */
    public Outcome take(String fileName, byte[] content) {
        var usual = lines.usual();
        try {
            var statement = read(content, usual);
            var stored = lines.store(clean(fileName), statement);
            var booked = book();
            lines.lookAgain();
            return new Outcome.Taken(stored.importId(), stored.lines(), stored.fresh(), booked);
        } catch (UnreadableStatement unreadable) {
            return new Outcome.Unreadable(unreadable.reason().name(), unreadable.detail());
        }
    }

    private static Statement read(byte[] content, BankLines.Usual usual) throws UnreadableStatement {
        if (content.length == 0) {
            throw new UnreadableStatement(UnreadableStatement.Reason.EMPTY, "");
        }
        if (content.length > BYTES_MAX) {
            throw new UnreadableStatement(UnreadableStatement.Reason.TOO_LARGE, "");
        }
        var statement = isXml(content)
                ? Camt053.read(content)
                : CsvStatement.read(content, usual.columns(), usual.account(), usual.currency());
        if (statement.lines().isEmpty()) {
            throw new UnreadableStatement(UnreadableStatement.Reason.NO_LINES, "");
        }
        if (statement.lines().size() > LINES_MAX) {
            throw new UnreadableStatement(
                    UnreadableStatement.Reason.TOO_MANY,
                    Integer.toString(statement.lines().size()));
        }
        return statement;
    }

    private static boolean isXml(byte[] content) {
        var head = new String(content, 0, Math.min(content.length, 64), StandardCharsets.ISO_8859_1);
        return head.replace("\0", "")
                .replaceFirst("^(?:\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe)", "")
                .stripLeading()
                .startsWith("<");
    }

    private int book() {
        var booked = 0;
        for (var certain : lines.certain(LINES_MAX)) {
            try {
                if (lines.bookCertain(certain.lineId(), certain.organizationId()) == BankLines.Outcome.DONE) {
                    booked++;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "bank line not booked id=" + certain.lineId(), failure);
            }
        }
        return booked;
    }

    private static String clean(String fileName) {
        var name = fileName.replaceAll(".*[/\\\\]", "")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return name.isEmpty() ? "-" : name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
    }
}
