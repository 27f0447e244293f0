package io.tenantry.web.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions;
import io.tenantry.billing.bank.RowPlan;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImportQuery.PlanTotal;
import io.tenantry.billing.bank.StatementImports;
import io.tenantry.billing.bank.StatementReviews;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.StatementFormat;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementRow;
import io.tenantry.billing.bank.statement.StatementTotals;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Messages;
import io.tenantry.web.layout.PageTexts;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages have texts for every outcome of a bank file. */
class BankLabelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyReasonHasText(String language) {
        var words = ResourceBundle.getBundle(PageTexts.class.getName(), Locale.forLanguageTag(language));
        assertThat(Stream.of(
                                keys("bank.problem.", StatementProblem.Reason.values()),
                                BankLabels.BARE.stream()
                                        .map(reason -> BankLabels.key(new StatementProblem(reason, 0, ""))),
                                keys("bank.skipped.", StatementRow.SkipReason.values()),
                                keys("bank.review.", StatementRow.ReviewReason.values()),
                                keys("bank.figure.", StatementTotals.Figure.values()),
                                keys("bank.role.", ColumnRole.values()),
                                keys("bank.role.help.", ColumnRole.values()),
                                keys("bank.format.", StatementFormat.values()),
                                keys("bank.plan.", RowPlan.values()),
                                keys("bank.plan.text.", RowPlan.values()),
                                keys("bank.match.", BankTransactions.MatchReason.values()),
                                keys("bank.import.state.", StatementImports.State.values()),
                                keys("bank.import.text.", StatementImports.State.values()),
                                keys("bank.review.state.", StatementReviews.ReviewState.values()))
                        .flatMap(keys -> keys))
                .allMatch(words::containsKey);
    }

    /** No detail is announced where there is none. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void textWithoutDetailHasNoPlaceholder(String language) {
        var words = ResourceBundle.getBundle(PageTexts.class.getName(), Locale.forLanguageTag(language));
        assertThat(BankLabels.BARE)
                .allSatisfy(reason -> assertThat(words.getString(BankLabels.key(new StatementProblem(reason, 0, ""))))
                        .doesNotContain("{0}")
                        .endsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "en, 0, File posted. No payment was credited immediately.",
        "en, 1, File posted. 1 payment was credited immediately.",
        "en, 1200, 'File posted. 1,200 payments were credited immediately.'",
        "de, 0, Datei gebucht. Keine Zahlung wurde sofort gutgeschrieben.",
        "de, 1, Datei gebucht. 1 Zahlung wurde sofort gutgeschrieben.",
        "de, 2, Datei gebucht. 2 Zahlungen wurden sofort gutgeschrieben."
    })
    void postingTextCountsCreditedPayments(String language, int credited, String parts) {
        assertThat(said(language, "bank.import.POSTED", credited)).isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1, 1 statement was already posted and is skipped.",
        "en, 20, 20 statements were already posted and are skipped.",
        "de, 1, 1 Auszug wurde bereits gebucht und wird übersprungen.",
        "de, 20, 20 Auszüge wurden bereits gebucht und werden übersprungen."
    })
    void archiveTextCountsLinesPostedBefore(String language, int known, String parts) {
        assertThat(said(language, "bank.file.known", known)).isEqualTo(parts);
    }

    /** Money that went out is never announced as a credit. */
    @ParameterizedTest
    @CsvSource({
        "en, ASSIGN, 10, 0, Credited once you assign it to a customer.",
        "en, ASSIGN, 0, 10, Never credited. Check whether it returns an earlier payment.",
        "en, ASSIGN, 5, 10, Incoming payments are credited once you assign them to a customer. Outgoing ones may be returns: check each of them.",
        "en, OUTGOING, 0, 10, 'Recorded, never credited.'",
        "de, ASSIGN, 10, 0, 'Wird gutgeschrieben, sobald Sie einen Kunden zuordnen.'",
        "de, ASSIGN, 0, 10, 'Wird nie gutgeschrieben. Prüfen Sie, ob eine frühere Zahlung zurückgegeben wurde.'",
        "de, ASSIGN, 5, 10, 'Eingänge werden gutgeschrieben, sobald Sie einen Kunden zuordnen. Ausgänge sind möglicherweise Rückgaben: Prüfen Sie jeden davon.'"
    })
    void plansOfOutgoingMoneyAnnounceNoCredit(
            String language, RowPlan plan, BigDecimal incoming, BigDecimal outgoing, String text) {
        var total = new PlanTotal(plan, Currency.getInstance("EUR"), 2, incoming, outgoing);
        assertThat(new Messages(Locale.forLanguageTag(language)).text(BankLabels.key(total)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "en, ASSIGN, 10, Needs assignment",
        "en, ASSIGN, -10, Possible return",
        "en, OUTGOING, -10, Outgoing",
        "de, ASSIGN, 10, Zuzuordnen",
        "de, ASSIGN, -10, Mögliche Rückgabe",
        "de, OUTGOING, -10, Ausgang"
    })
    void plansOfOutgoingRowsNeedNoAssignment(String language, RowPlan plan, BigDecimal amount, String text) {
        var row = new ImportRow(
                UUID.randomUUID(),
                2,
                plan,
                "",
                "",
                "",
                Optional.empty(),
                Optional.of(new Money(amount, Currency.getInstance("EUR"))),
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(new Messages(Locale.forLanguageTag(language)).text(BankLabels.key(row)))
                .isEqualTo(text);
    }

    private static String said(String language, String key, int number) {
        return new Messages(Locale.forLanguageTag(language)).text(key, number);
    }

    private static Stream<String> keys(String prefix, Enum<?>[] constants) {
        return Stream.of(constants).map(constant -> prefix + constant.name());
    }
}
