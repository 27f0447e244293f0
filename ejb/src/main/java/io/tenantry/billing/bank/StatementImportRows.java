package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.StatementImportQuery.Earlier;
import io.tenantry.billing.bank.StatementImportQuery.ImportDetails;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImportQuery.SettingsColumn;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.util.Currency;
import java.util.Map;

/** Row mapping of bank files and their rows. */
final class StatementImportRows {
    private StatementImportRows() {}

    static ImportDetails details(Row row, Map<SettingsColumn, Map<String, String>> settings) {
        return new ImportDetails(
                row.uuid("id"),
                State.valueOf(row.text("state")),
                row.text("file_name"),
                row.text("format"),
                row.whole("version"),
                row.whole("lines"),
                row.text("fingerprint"),
                row.texts("header"),
                row.texts("samples"),
                settings.getOrDefault(SettingsColumn.LAYOUT, Map.of()),
                settings.getOrDefault(SettingsColumn.MAPPING, Map.of()),
                row.maybeText("profile"),
                row.maybeText("problem")
                        .map(reason -> new StatementProblem(
                                StatementProblem.Reason.valueOf(reason),
                                row.whole("problem_line"),
                                row.text("problem_detail"))),
                row.instant("imported_at"),
                row.text("imported_by"),
                row.maybeInstant("posted_at"),
                row.maybeText("posted_by"),
                row.maybeUuid("earlier_id")
                        .map(earlier -> new Earlier(earlier, row.instant("earlier_at"), row.text("earlier_by"))));
    }

    static ImportRow row(Row row) {
        var currency = row.maybeText("currency").map(Currency::getInstance);
        return new ImportRow(
                row.uuid("id"),
                row.whole("line_number"),
                RowPlan.valueOf(row.text("plan")),
                row.text("reason"),
                row.text("detail"),
                row.text("raw"),
                row.maybeDate("booked_on"),
                row.maybeDecimal("amount").flatMap(amount -> currency.map(known -> new Money(amount, known))),
                row.text("payer"),
                row.text("iban"),
                row.text("purpose"),
                row.maybeText("match_reason").map(MatchReason::valueOf),
                row.maybeUuid("customer_id")
                        .map(id ->
                                new Customer(id, row.maybeText("customer_name").orElse(""))),
                row.maybeUuid("counter_id"),
                row.maybeUuid("line_id"),
                row.flag("credited"));
    }
}
