package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that a page completes with a constant exist for each constant: spelled as in the code, in lower case, or in lower case with dashes. */
class EnumTextsTest {
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            name -> name,
            name -> name.toLowerCase(Locale.ROOT),
            name -> name.toLowerCase(Locale.ROOT).replace('_', '-'));

    @ParameterizedTest
    @CsvSource({
        "account.what., io.tenantry.billing.invoicing.AccountStatements$EntryType",
        "amount., io.tenantry.text.AmountText$Fault",
        "upload.fault., io.tenantry.text.TextFile$Fault",
        "bank.figure., io.tenantry.billing.bank.statement.StatementTotals$Figure",
        "bank.format., io.tenantry.billing.bank.statement.StatementFormat",
        "bank.import.state., io.tenantry.billing.bank.StatementImports$State",
        "bank.import.text., io.tenantry.billing.bank.StatementImports$State",
        "bank.lines.none., io.tenantry.billing.bank.BankTransactions$State",
        "bank.plan., io.tenantry.billing.bank.RowPlan",
        "bank.plan.text., io.tenantry.billing.bank.RowPlan",
        "bank.problem., io.tenantry.billing.bank.statement.StatementProblem$Reason",
        "bank.review., io.tenantry.billing.bank.statement.StatementRow$ReviewReason",
        "bank.review.state., io.tenantry.billing.bank.StatementReviews$ReviewState",
        "bank.role., io.tenantry.billing.bank.statement.ColumnRole",
        "bank.role.help., io.tenantry.billing.bank.statement.ColumnRole",
        "bank.skipped., io.tenantry.billing.bank.statement.StatementRow$SkipReason",
        "bank.state., io.tenantry.billing.bank.BankTransactions$State",
        "bank.match., io.tenantry.billing.bank.BankTransactions$MatchReason",
        "accounting.account., io.tenantry.kernel.ledger.Ledger$AccountKind",
        "accounting.origin., io.tenantry.billing.accounting.EntryOrigin",
        "brand.wrong., io.tenantry.brand.BrandDraft$Field",
        "adjustment.ground., io.tenantry.billing.adjustment.AdjustmentReason",
        "adjustment.kind., io.tenantry.billing.adjustment.Adjustment$Kind",
        "adjustment.state., io.tenantry.billing.adjustment.Adjustment$State",
        "datev.fault., io.tenantry.billing.accounting.DatevSettings$Field",
        "days.fault., io.tenantry.web.list.DayFields$Fault",
        "dunning-case.fault., io.tenantry.dunning.DunningPolicy$Fault",
        "delivery.decision., io.tenantry.documents.mail.InvoiceDelivery$Decision",
        "incidents.fault., io.tenantry.brand.storefront.Incidents$Field",
        "addon.difference., io.tenantry.cloud.addon.AddonReconciliationSchedule$Kind",
        "addon-discrepancy.advice., io.tenantry.cloud.addon.AddonReconciliationSchedule$Kind",
        "discrepancy.advice., io.tenantry.cloud.reconciliation.DiscrepancyType",
        "discrepancy.kind., io.tenantry.cloud.reconciliation.DiscrepancyType",
        "discrepancy.state., io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory$State",
        "invoice.tax., io.tenantry.billing.tax.TaxTreatment",
        "invoice.tax.line., io.tenantry.billing.tax.TaxTreatment",
        "legal., io.tenantry.brand.LegalTexts$Kind",
        "link., io.tenantry.people.identity.PasswordPolicy$Violation",
        "metrics., io.tenantry.cloud.provider.Metrics$Kind",
        "plan.state., io.tenantry.catalog.Plan$State",
        "pricing.fault., io.tenantry.catalog.pricing.PriceListCsv$Problem",
        "provider.fault., io.tenantry.cloud.provider.account.ProviderAccounts$Field",
        "provider.test-result., io.tenantry.cloud.provider.account.ConnectionTestResult",
        "reports.treatment., io.tenantry.billing.tax.TaxTreatment",
        "script.fault., io.tenantry.cloud.launch.ScriptTemplate$Fault",
        "search.group., io.tenantry.admin.search.SearchResult$Group",
        "plan-import.fault., io.tenantry.cloud.provider.catalog.PlanImport$Field",
        "settlement.fault., io.tenantry.settlement.FeeTerms$Fault",
        "settlement.fee., io.tenantry.settlement.FeeTerms$Kind",
        "site.fault., io.tenantry.brand.storefront.StorefrontEditor$Field",
        "ssh.fault., io.tenantry.cloud.launch.PublicKey$Fault",
        "store.contact.fault., io.tenantry.brand.storefront.ContactMessages$Field",
        "tax.scheme., io.tenantry.billing.tax.TaxSettings$Scheme",
        "tax.status., io.tenantry.billing.tax.TaxCustomer$Status",
        "tax.table.fault., io.tenantry.billing.tax.TaxRateImport$Kind",
        "template.part., io.tenantry.documents.DocumentTemplate$Part",
        "template.part.help., io.tenantry.documents.DocumentTemplate$Part",
        "trail.kind., io.tenantry.tenancy.Actor$Kind",
        "vat.asked., io.tenantry.billing.tax.VatChecks$CheckTrigger",
        "vat.verdict., io.tenantry.billing.tax.ViesResponse$Verdict"
    })
    void existForEachConstant(String prefix, Class<? extends Enum<?>> constants) {
        var keys = TextFiles.texts(TextFiles.ENGLISH).stringPropertyNames();
        assertThat(SPELLINGS)
                .as("%s of %s", prefix, constants)
                .anySatisfy(spelling -> assertThat(keys)
                        .containsAll(Arrays.stream(constants.getEnumConstants())
                                .map(constant -> prefix + spelling.apply(constant.name()))
                                .toList()));
    }
}
