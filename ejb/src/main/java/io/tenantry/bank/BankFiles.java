package io.tenantry.bank;

import io.tenantry.bank.statement.BankStatement;
import io.tenantry.bank.statement.CsvProfile;
import io.tenantry.bank.statement.StatementProblem.Reason;
import io.tenantry.bank.statement.StatementReader;
import io.tenantry.bank.statement.UnreadableStatement;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
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
         * @param uncertain rows that were not taken, because something about them is not certain
         */
        record Taken(UUID importId, int lines, int fresh, int booked, int uncertain) implements Outcome {}

        /**
         * It is no statement that we can read; nothing was taken from it.
         *
         * @param reason the name of why not
         * @param detail which value or columns
         * @param line of the file, from 1; 0: no single one
         */
        record Unreadable(String reason, String detail, int line) implements Outcome {}
    }

    /** Takes a file: XML, a table of text, or a ZIP archive of such. */
    public Outcome take(String fileName, byte[] content) {
        var usual = lines.usual();
        try {
            var statements = read(fileName, content, usual);
            var outcome = new Outcome.Taken(new UUID(0, 0), 0, 0, 0, 0);
            for (var statement : statements) {
                var stored = lines.store(clean(fileName), statement);
                outcome = new Outcome.Taken(
                        stored.importId(),
                        outcome.lines() + stored.lines(),
                        outcome.fresh() + stored.fresh(),
                        0,
                        outcome.uncertain() + statement.reviews().size());
            }
            var booked = book();
            lines.lookAgain();
            return new Outcome.Taken(outcome.importId(), outcome.lines(), outcome.fresh(), booked, outcome.uncertain());
        } catch (UnreadableStatement unreadable) {
            var problem = unreadable.problem();
            return new Outcome.Unreadable(problem.reason().name(), problem.detail(), problem.line());
        }
    }

    private static List<BankStatement> read(String fileName, byte[] content, BankLines.Usual usual)
            throws UnreadableStatement {
        if (content.length > BYTES_MAX) {
            throw new UnreadableStatement(Reason.TOO_LARGE, "");
        }
        var profile = CsvProfile.DETECT.withNames(usual.columns());
        var statements = new ArrayList<BankStatement>();
        var rows = 0;
        var certain = 0;
        for (var file : StatementReader.open(fileName, content)) {
            var statement = StatementReader.read(file, profile, usual.defaults());
            statements.add(statement);
            rows += statement.rows().size();
            certain += statement.transactions().size() + statement.reviews().size();
        }
        if (certain == 0) {
            throw new UnreadableStatement(Reason.NO_LINES, "");
        }
        if (rows > LINES_MAX) {
            throw new UnreadableStatement(Reason.TOO_MANY, Integer.toString(rows));
        }
        return statements;
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
