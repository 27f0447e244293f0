package io.tenantry.web.settlement;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.FeeSchedules.Rule;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.settlement.SettlementAdministration;
import io.tenantry.settlement.SettlementAdministration.Outcome;
import io.tenantry.settlement.SettlementAdministration.Reseller;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.TypedValue;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.component.UIComponent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts of all resellers with the platform: payments, credit limits, and the fee terms of one or of all. */
@Named
@RequestScoped
public class ResellersPage {
    private static final String PATH = "/admin/settlements";

    @Inject
    SettlementAdministration console;

    @Inject
    TenantDirectory tenants;

    @Inject
    TenantChoice choice;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    @Inject
    InvoiceLabels labels;

    private final FeeForm fees = new FeeForm();
    private String slug = "";
    private String currency = "";
    private String key = UUID.randomUUID().toString();
    private String reference = "";
    private @Nullable BigDecimal amount;
    private @Nullable BigDecimal limit;
    private @Nullable List<Reseller> resellers;
    private @Nullable List<Rule> rules;

    /** Loads the accounts, if the user may view them. */
    public void open() {
        PageResult.load(() -> account().flatMap(Account::limit).ifPresent(known -> limit = known.amount()));
    }

    /** Settles all months that are due; retries those that failed or wait. */
    public void settleNow() {
        console.settleNow();
        PageResult.go(PATH, format.text("settlement.requested"));
    }

    /** Books a payment of the reseller. */
    public void pay() {
        var paid = amount;
        if (paid == null || paid.signum() <= 0 || !CurrencyUnits.isPayable(paid, tenant().currency())) {
            var isPositive = paid != null && paid.signum() > 0;
            PageResult.refuse(
                    "payment:amount", format.text(isPositive ? "amount.currency-decimals" : "amount.positive"));
        } else if (reference.isBlank()) {
            PageResult.refuse("payment:reference", format.text("settlement.payment.reference.missing"));
        } else {
            var payment = new Money(paid, tenant().currency());
            if (console.pay(tenant().id(), UUID.fromString(key), payment, reference)) {
                PageResult.go(here(), format.text("settlement.payment.done", format.money(payment)));
            } else {
                PageResult.refuse("payment:amount", format.text("settlement.payment.again"));
            }
        }
    }

    /** Sets the reseller's credit limit. */
    public void setLimitNow() {
        var most = limit;
        if (most != null && (most.signum() < 0 || !CurrencyUnits.isPayable(most, tenant().currency()))) {
            PageResult.refuse(
                    "limit:most", format.text(most.signum() < 0 ? "amount.zero" : "amount.currency-decimals"));
        } else {
            console.limit(tenant().id(), most == null ? null : new Money(most, tenant().currency()));
            PageResult.go(here(), format.text("settlement.limit.done"));
        }
    }

    /** Saves fee terms of this reseller. */
    public void writeOwn() {
        write(tenant().id(), tenant().currency(), here());
    }

    /** Saves the default fee terms of a currency, for resellers without specific ones. */
    public void writeForAll() {
        write(null, Currency.getInstance(currency), PATH);
    }

    /** Returns the maximum of an amount of fee terms in a currency. */
    public Money feeMost(String code) {
        return FeeTerms.maximum(Currency.getInstance(code));
    }

    /** Returns the currency in an input; the first one if the submitted one is unknown, which the input refuses itself. */
    public String currencyIn(UIComponent input) {
        var all = getCurrencies();
        var typed = TypedValue.of(input);
        return all.contains(typed) ? typed : all.get(0);
    }

    /** Returns the maximum of a payment or a credit limit in a currency. */
    public Money most(Currency ofReseller) {
        return Account.maximum(ofReseller);
    }

    private void refuse(Set<FeeTerms.Fault> faults) {
        if (!faults.isEmpty()) {
            PageResult.refuse(faults.stream()
                    .sorted()
                    .map(fault -> format.text("settlement.fault." + fault))
                    .collect(Collectors.joining(" ")));
        }
    }

    /** Refuses an empty form and each incomplete tier. */
    private boolean isWhole() {
        if (fees.isEmpty()) {
            PageResult.refuse("terms:steps:0:percent", format.text("settlement.terms.empty"));
        }
        fees.withoutPercentage()
                .forEach(step -> PageResult.refuse(
                        "terms:steps:" + step + ":percent", format.text("settlement.terms.no-percentage")));
        fees.withoutRevenue()
                .forEach(step -> PageResult.refuse(
                        "terms:steps:" + step + ":above", format.text("settlement.terms.no-revenue")));
        return !fees.isEmpty()
                && fees.withoutPercentage().isEmpty()
                && fees.withoutRevenue().isEmpty();
    }

    private void write(@Nullable TenantId owner, Currency in, String back) {
        var from = fees.month();
        if (from.isEmpty()) {
            PageResult.refuse("terms:from", format.text("settlement.terms.from.invalid"));
        }
        var isWhole = isWhole();
        FeeTerms terms;
        try {
            terms = fees.terms(in);
        } catch (ArithmeticException tooFine) {
            PageResult.refuse(format.text("settlement.fault.AMOUNT"));
            return;
        }
        if (from.isEmpty() || !isWhole) {
            refuse(terms.faults());
            return;
        }
        var outcome = console.write(owner, from.get(), terms);
        if (outcome instanceof Outcome.InvalidTerms invalidTerms) {
            refuse(invalidTerms.faults());
        } else if (outcome instanceof Outcome.OtherCurrency other) {
            PageResult.refuse(format.text("settlement.fault.currency-of", other.needed()));
        } else if (outcome instanceof Outcome.Settled settled) {
            PageResult.refuse("terms:from", format.text("settlement.terms.settled", labels.month(settled.latest())));
        } else {
            PageResult.go(back, format.text("settlement.terms.done", labels.month(from.get())));
        }
    }

    public List<Reseller> getResellers() {
        var known = resellers;
        if (known == null) {
            known = console.resellers();
            resellers = known;
        }
        return known;
    }

    private List<Rule> rules() {
        var known = rules;
        if (known == null) {
            known = console.terms();
            rules = known;
        }
        return known;
    }

    /** Returns the default terms. */
    public List<Rule> getDefaults() {
        return rules().stream().filter(rule -> rule.accountId().isEmpty()).toList();
    }

    /** Returns the specific terms of this reseller. */
    public List<Rule> getOwn() {
        var account = account().map(Account::id);
        return rules().stream()
                .filter(rule -> rule.accountId().isPresent() && rule.accountId().equals(account))
                .toList();
    }

    /** Returns the currencies of resellers. */
    public List<String> getCurrencies() {
        return choice.all().stream()
                .map(tenant -> tenant.currency().getCurrencyCode())
                .distinct()
                .sorted()
                .toList();
    }

    public String nameOf(Reseller reseller) {
        return tenants.byId(reseller.account().tenant())
                .map(Tenant::name)
                .orElseGet(() -> reseller.account().tenant().value());
    }

    /** Whether the user may book payments and change limits and terms. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    /** Whether the user may request settlements. */
    public boolean isRun() {
        return me.may(Permission.PLATFORM_CHARGING_MANAGE);
    }

    private Optional<Account> account() {
        return getResellers().stream()
                .map(Reseller::account)
                .filter(account -> account.tenant().value().equals(slug))
                .findFirst();
    }

    private Tenant tenant() {
        return tenants.byId(new TenantId(slug)).orElseThrow();
    }

    private String here() {
        return PATH + "/one?slug=" + tenant().id().value();
    }

    public FeeForm getFees() {
        return fees;
    }

    public String getSlug() {
        return slug;
    }

    public void setSlug(@Nullable String slug) {
        this.slug = Objects.requireNonNullElse(slug, "");
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(@Nullable String currency) {
        this.currency = Objects.requireNonNullElse(currency, "");
    }

    /** Returns a key generated for each form, so that a payment is booked once. */
    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(@Nullable String reference) {
        this.reference = Objects.requireNonNullElse(reference, "");
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public @Nullable BigDecimal getLimit() {
        return limit;
    }

    public void setLimit(@Nullable BigDecimal limit) {
        this.limit = limit;
    }
}
