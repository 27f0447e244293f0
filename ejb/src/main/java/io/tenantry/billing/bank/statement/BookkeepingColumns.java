package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recognizes tables written by bookkeeping programs by the names of their columns. An account sheet or a journal takes the other perspective:
 * money received on the bank account is its debit. A list of invoices or orders has the amounts that customers have to pay, whether paid or
 * not.
 */
final class BookkeepingColumns {
    private static final Set<String> LEDGER = DoubtfulTerms.words(
            "belegfeld,belegfeld 1,belegfeld 2,bu schlüssel,steuerschlüssel,gegenkonto ohne bu schlüssel,umsatz ohne soll haben kz,sollkonto,habenkonto,"
                    + "soll konto,haben konto,konto soll,konto haben,kto soll,kto haben,sachkonto,sachkontonummer,debit account,credit account,nominal code,"
                    + "nominal account,ledger account,ledger,general ledger,contra account,journal,journal number,journal no,journal code,journalcode,journallib,"
                    + "code journal,ecriturenum,ecriturelib,ecrituredate,comptenum,comptelib,pieceref,numéro d écriture,compte général,compte débit,compte crédit,"
                    + "grootboek,grootboekrekening,grootboeknummer,dagboek,boekstuk,boekstuknummer,asiento,número de asiento,n asiento,subcuenta,conto dare,"
                    + "conto avere");
    private static final Set<String> COUNTER_ACCOUNTS = DoubtfulTerms.words(
            "gegenkonto,gegenkonto nr,gegenkontonummer,counter account,offset account,compte de contrepartie,tegenrekening,contrapartida");
    /** Ledger accounts have few digits, bank accounts have more. */
    private static final Pattern LEDGER_ACCOUNT = Pattern.compile("[0-9]{3,6}");

    private static final Set<String> DOCUMENTS = DoubtfulTerms.words(
            "rechnungsnummer,rechnungsnr,rechnungs nr,rechnung nr,rechnung,re nr,invoice number,invoice no,invoice id,invoice,bestellnummer,bestellung,"
                    + "auftragsnummer,angebotsnummer,order number,order no,order id,order,numéro de facture,n facture,facture,factuurnummer,factuur,"
                    + "número de factura,n factura,factura,numero fattura,fattura");
    /** Columns that bank exports have and lists of documents do not. */
    private static final List<ColumnRole> OF_PAYMENTS = List.of(
            ColumnRole.STATUS, ColumnRole.DIRECTION, ColumnRole.IBAN, ColumnRole.BALANCE, ColumnRole.BANK_REFERENCE);

    private BookkeepingColumns() {}

    /**
     * Returns the column that shows that a table is an account sheet or a journal; empty if it is neither, or if its debit was set as incoming
     * money.
     */
    static Optional<String> ledger(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        var isTurned = rules.columns().all(ColumnRole.CREDIT).stream()
                .anyMatch(column -> ColumnNames.rank(ColumnRole.DEBIT, name(rules, column)) >= 0);
        return isTurned
                ? Optional.empty()
                : columns(rules)
                        .filter(column -> LEDGER.contains(name(rules, column).whole())
                                || (COUNTER_ACCOUNTS.contains(
                                                name(rules, column).whole())
                                        && isLedgerAccounts(rows, column)))
                        .findFirst()
                        .flatMap(rules::name);
    }

    private static boolean isLedgerAccounts(List<CsvTable.Row> rows, int column) {
        var cells = rows.stream()
                .filter(row -> row.filled() > 2)
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> LEDGER_ACCOUNT.matcher(cell).matches());
    }

    /** Whether a table names documents and nothing that identifies its rows as payments. */
    static boolean isOfDocuments(CsvRowReader.Rules rules) {
        return columns(rules)
                        .anyMatch(
                                column -> DOCUMENTS.contains(name(rules, column).whole()))
                && OF_PAYMENTS.stream().noneMatch(rules.columns()::has)
                && columns(rules).noneMatch(column -> TypeVocabulary.isSender(name(rules, column)));
    }

    private static Stream<Integer> columns(CsvRowReader.Rules rules) {
        return IntStream.range(0, rules.header().size()).boxed();
    }

    private static HeaderName name(CsvRowReader.Rules rules, int column) {
        return HeaderName.of(rules.name(column).orElse(""));
    }
}
