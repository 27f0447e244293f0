package io.tenantry.billing.bank.statement;

import java.util.List;

/** Reads bank statement files. The only entry point for other packages. */
public final class StatementReader {
    private StatementReader() {}

    /** Names of the encodings that may be chosen for tables. */
    public static List<String> encodings() {
        return TextDecoder.ENCODINGS;
    }

    /**
     * Returns the statements in an uploaded file: the file, or those inside a ZIP archive.
     *
     * @throws UnreadableStatement if it is not a readable statement
     */
    public static List<StatementFile> open(String name, byte[] content) throws UnreadableStatement {
        return StatementFiles.open(name, content);
    }

    /**
     * Returns how a table would be read, even if something about it is uncertain: then the layout states what.
     *
     * @throws UnreadableStatement if it is not a table at all
     */
    public static CsvLayout layout(StatementFile file, CsvProfile profile, ReadDefaults defaults)
            throws UnreadableStatement {
        return CsvStatement.open(file.content(), profile, defaults).layout();
    }

    /**
     * Reads a statement; of the profile, only the accepted lines apply to others than tables.
     *
     * @throws UnreadableStatement if it is not a statement, or its layout is uncertain
     */
    public static BankStatement read(StatementFile file, CsvProfile profile, ReadDefaults defaults)
            throws UnreadableStatement {
        return file.format() == StatementFormat.CAMT_053
                ? Camt053.read(file.content(), defaults, profile.acceptedLines())
                : CsvStatement.open(file.content(), profile, defaults).read();
    }
}
