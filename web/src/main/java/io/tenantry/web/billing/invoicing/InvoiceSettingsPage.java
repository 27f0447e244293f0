package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.BillingStart;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.InvoiceSettings;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The invoice settings: the seller on documents, when they are issued and the format of their numbers. */
@Named
@RequestScoped
public class InvoiceSettingsPage extends SellerForm {
    private static final String HERE = "/staff/invoice-settings";

    @Inject
    CurrentPerson me;

    @Inject
    BillingParties billingParties;

    @Inject
    InvoiceSettings settings;

    @Inject
    BillingStart billingStart;

    @Inject
    Format format;

    private @Nullable Integer window;
    private final Map<String, String> patterns = new HashMap<>();
    private String first = "";
    private BillingStart.@Nullable Choice choice;
    private boolean isMailed;
    private @Nullable List<InvoiceSeller> stored;

    /** Loads the settings in force, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            showParty();
            showFirst();
            showRules();
        });
    }

    /** Shows the settings in force in each form except the submitted one, which shows what was entered. */
    public void complete() {
        var context = FacesContext.getCurrentInstance();
        var sent = context.getExternalContext().getRequestParameterMap();
        if (!context.isPostback()) {
            return;
        }
        if (!sent.containsKey("party")) {
            showParty();
        }
        if (!sent.containsKey("first")) {
            showFirst();
        }
        if (!sent.containsKey("rules")) {
            showRules();
        }
    }

    private void showParty() {
        stored().ifPresent(this::show);
    }

    private void showFirst() {
        first = getChoice().month().toString();
    }

    private void showRules() {
        var rules = settings.rules();
        window = rules.windowHours();
        rules.patterns().forEach((kind, pattern) -> patterns.put(kind.name(), pattern));
        isMailed = rules.isMailed();
    }

    /** Saves the seller. */
    public void save() {
        var invoiceSeller = seller();
        if (billingParties.sell(invoiceSeller) instanceof BillingParties.Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new ValidVatNumber(
                            invoiceSeller.vatNumber(), invoiceSeller.address().country()),
                    format);
        } else {
            PageResult.go(HERE, format.text("party.saved"));
        }
    }

    /** Changes when documents are issued and the format of their numbers. */
    public void rule() {
        var rules = new InvoiceSettings.Rules(Objects.requireNonNullElse(window, -1), statedPatterns(), isMailed);
        switch (settings.change(rules)) {
            case DONE, UNCHANGED -> PageResult.go(HERE, format.text("invoice.rules.saved"));
            case WINDOW ->
                PageResult.refuse("rules:window", format.text("invoice.rules.window.fault", InvoiceSettings.HOURS_MAX));
            case PATTERN ->
                settings.faults(rules)
                        .forEach(kind ->
                                PageResult.refuse("rules:" + field(kind), format.text("invoice.rules.pattern.fault")));
        }
    }

    private Map<DocumentKind, String> statedPatterns() {
        return InvoiceSettings.NUMBERED.stream()
                .collect(Collectors.toMap(
                        kind -> kind,
                        kind -> Objects.requireNonNullElse(patterns.get(kind.name()), "")
                                .strip()));
    }

    private static String field(DocumentKind kind) {
        return switch (kind) {
            case CREDIT_NOTE -> "credit";
            case DEBIT_NOTE -> "debit";
            default -> "pattern";
        };
    }

    /** Changes the first month for which documents are issued. */
    public void begin() {
        switch (month().map(billingStart::begin).orElse(BillingStart.Outcome.OUTSIDE)) {
            case DONE, UNCHANGED -> PageResult.go(HERE, format.text("invoice.first.saved"));
            case FIXED -> PageResult.refuse("first:month", format.text("invoice.first.fixed"));
            case OUTSIDE -> PageResult.refuse("first:month", format.text("invoice.first.outside"));
        }
    }

    private Optional<YearMonth> month() {
        return DateText.month(first);
    }

    /** Returns the first month for which documents are issued, and its alternatives. */
    public BillingStart.Choice getChoice() {
        var known = choice;
        if (known == null) {
            known = billingStart.choice();
            choice = known;
        }
        return known;
    }

    /** Whether the reseller has entered the seller's data: nothing is issued before. */
    public boolean isStated() {
        return stored().isPresent();
    }

    /** Whether documents show customers no bank account for payment. */
    public boolean isWithoutBank() {
        return stored().map(invoiceSeller -> invoiceSeller.iban().isBlank()).orElse(true);
    }

    private Optional<InvoiceSeller> stored() {
        var known = stored;
        if (known == null) {
            known = billingParties.seller().stream().toList();
            stored = known;
        }
        return known.stream().findFirst();
    }

    public String getFirst() {
        return first;
    }

    public void setFirst(@Nullable String first) {
        this.first = Objects.requireNonNullElse(first, "");
    }

    /** Whether the user may change the settings. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    public @Nullable Integer getWindow() {
        return window;
    }

    public void setWindow(@Nullable Integer window) {
        this.window = window;
    }

    public boolean isMailed() {
        return isMailed;
    }

    public void setMailed(boolean isMailed) {
        this.isMailed = isMailed;
    }

    /** Returns the formats of numbers, by the kind of document. */
    public Map<String, String> getPatterns() {
        return patterns;
    }
}
