package io.tenantry.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that a page completes with a constant exist for each constant: spelt as in the code, in lower case, or so with dashes. */
class EnumTextsTest {
    private static final Path TEXTS = Path.of("src/main/resources/io/tenantry/web/messages.properties");
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            name -> name,
            name -> name.toLowerCase(Locale.ROOT),
            name -> name.toLowerCase(Locale.ROOT).replace('_', '-'));

    @ParameterizedTest
    @CsvSource({
        "account.what., io.tenantry.invoicing.Accounts$What",
        "amount., io.tenantry.text.AmountText$Fault",
        "bank.figure., io.tenantry.bank.statement.StatementTotals$Figure",
        "bank.format., io.tenantry.bank.statement.StatementFormat",
        "bank.import.state., io.tenantry.bank.StatementImports$State",
        "bank.import.text., io.tenantry.bank.StatementImports$State",
        "bank.lines.none., io.tenantry.bank.BankLines$State",
        "bank.plan., io.tenantry.bank.RowPlan",
        "bank.plan.text., io.tenantry.bank.RowPlan",
        "bank.problem., io.tenantry.bank.statement.StatementProblem$Reason",
        "bank.review., io.tenantry.bank.statement.StatementRow$ReviewReason",
        "bank.review.state., io.tenantry.bank.StatementReviews$ReviewState",
        "bank.role., io.tenantry.bank.statement.ColumnRole",
        "bank.role.help., io.tenantry.bank.statement.ColumnRole",
        "bank.skipped., io.tenantry.bank.statement.StatementRow$SkipReason",
        "bank.state., io.tenantry.bank.BankLines$State",
        "bank.why., io.tenantry.bank.BankLines$Why",
        "books.account., io.tenantry.ledger.Ledger$AccountKind",
        "books.origin., io.tenantry.books.Origin",
        "brand.wrong., io.tenantry.brand.BrandDraft$Field",
        "concession.ground., io.tenantry.concession.Ground",
        "concession.kind., io.tenantry.concession.Concession$Kind",
        "concession.state., io.tenantry.concession.Concession$State",
        "datev.fault., io.tenantry.books.DatevTerms$Field",
        "debt.fault., io.tenantry.dunning.Ladder$Fault",
        "delivery.decision., io.tenantry.mail.DocumentMails$Decision",
        "disruptions.fault., io.tenantry.storefront.Disruptions$Field",
        "finding.kind., io.tenantry.reconciling.Kind",
        "finding.state., io.tenantry.finding.Course$State",
        "invoice.tax., io.tenantry.tax.Treatment",
        "invoice.tax.line., io.tenantry.tax.Treatment",
        "legal., io.tenantry.brand.LegalTexts$Kind",
        "link., io.tenantry.identity.PasswordPolicy$Violation",
        "metrics., io.tenantry.provider.Metrics$Kind",
        "plan.state., io.tenantry.catalog.Plan$State",
        "pricing.fault., io.tenantry.pricing.PriceListCsv$Problem",
        "provider.fault., io.tenantry.provider.account.ProviderAccounts$Field",
        "provider.verdict., io.tenantry.provider.account.Verdict",
        "reports.treatment., io.tenantry.tax.Treatment",
        "script.fault., io.tenantry.launch.ScriptText$Fault",
        "search.group., io.tenantry.search.Hit$Group",
        "sell.fault., io.tenantry.provider.stock.Selling$Field",
        "settlement.fault., io.tenantry.settlement.FeeTerms$Fault",
        "settlement.fee., io.tenantry.settlement.FeeTerms$Kind",
        "site.fault., io.tenantry.storefront.SiteEditor$Field",
        "ssh.fault., io.tenantry.launch.PublicKey$Fault",
        "store.contact.fault., io.tenantry.storefront.Enquiries$Field",
        "tax.scheme., io.tenantry.tax.TaxOffice$Scheme",
        "tax.status., io.tenantry.tax.Buyer$Status",
        "tax.table.fault., io.tenantry.tax.RateTable$Kind",
        "template.part., io.tenantry.paper.Template$Part",
        "template.part.help., io.tenantry.paper.Template$Part",
        "trail.kind., io.tenantry.tenancy.Actor$Kind",
        "vat.asked., io.tenantry.tax.VatChecks$Asked",
        "vat.verdict., io.tenantry.tax.ViesAnswer$Verdict"
    })
    void existForEachConstant(String prefix, Class<? extends Enum<?>> constants) throws IOException {
        var keys = keys();
        assertThat(SPELLINGS)
                .as("%s of %s", prefix, constants)
                .anySatisfy(spelling -> assertThat(keys)
                        .containsAll(Arrays.stream(constants.getEnumConstants())
                                .map(constant -> prefix + spelling.apply(constant.name()))
                                .toList()));
    }

    private static Set<String> keys() throws IOException {
        try (var reader = Files.newBufferedReader(TEXTS)) {
            var texts = new Properties();
            texts.load(reader);
            return texts.stringPropertyNames();
        }
    }
}
