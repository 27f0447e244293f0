package io.tenantry.billing.bank.statement;

import java.util.List;

/** Reads files of bank statements. The one way in for other packages. */
public final class StatementReader {
    private StatementReader() {}

    /** Names of the encodings that may be chosen for tables. */
    public static List<String> encodings() {
        return TextDecoder.ENCODINGS;
    }

    /**
     * The statements in an uploaded file: itself, or those inside a ZIP archive.
     *
     * @throws UnreadableStatement if it is none that can be read
     */
    public static List<StatementFile> open(String name, byte[] content) throws UnreadableStatement {
        return StatementFiles.open(name, content);
    }

    /**
     * How a table would be read, also if something about it is uncertain: then the layout says what.
     *
     * @throws UnreadableStatement if it is no table at all
     */
    public static CsvLayout layout(StatementFile file, CsvProfile profile, ReadDefaults defaults)
            throws UnreadableStatement {
        return CsvStatement.open(file.content(), profile, defaults).layout();
    }

    /**
     * Reads a statement; the profile counts for tables alone.
     *
     * @throws UnreadableStatement if it is none, or its layout is uncertain
     */
    public static BankStatement read(StatementFile file, CsvProfile profile, ReadDefaults defaults)
            throws UnreadableStatement {
        return file.format() == StatementFormat.CAMT_053
                ? Camt053.read(file.content(), defaults.today())
                : CsvStatement.open(file.content(), profile, defaults).read();
    }
}
