package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.DocumentKind;
import io.tenantry.invoicing.FirstMonth;
import io.tenantry.invoicing.InvoiceOffice;
import io.tenantry.invoicing.Parties;
import io.tenantry.invoicing.Seller;
import io.tenantry.text.DateText;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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

/** Who the reseller is on documents, when they are issued and how their numbers look. */
@Named
@RequestScoped
public class InvoiceRulesPage extends SellerForm {
    private static final String HERE = "/staff/invoice-settings";

    @Inject
    CurrentPerson me;

    @Inject
    Parties parties;

    @Inject
    InvoiceOffice office;

    @Inject
    FirstMonth firstMonth;

    @Inject
    Fmt fmt;

    private @Nullable Integer window;
    private final Map<String, String> patterns = new HashMap<>();
    private String first = "";
    private FirstMonth.@Nullable Choice choice;
    private boolean isMailed;
    private @Nullable List<Seller> stored;

    /** Looks at what is in force, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            showParty();
            showFirst();
            showRules();
        });
    }

    /** Shows what is in force in each form but the one that was sent: that one shows what was typed. */
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
        var rules = office.rules();
        window = rules.windowHours();
        rules.patterns().forEach((kind, pattern) -> patterns.put(kind.name(), pattern));
        isMailed = rules.isMailed();
    }

    /** Says who the reseller is. */
    public void save() {
        var seller = seller();
        if (parties.sell(seller) instanceof Parties.Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new Numbered(seller.vatNumber(), seller.address().country()),
                    fmt);
        } else {
            Visit.go(HERE, fmt.text("party.saved"));
        }
    }

    /** Changes when documents are issued and how their numbers look. */
    public void rule() {
        var rules = new InvoiceOffice.Rules(Objects.requireNonNullElse(window, -1), said(), isMailed);
        switch (office.change(rules)) {
            case DONE, UNCHANGED -> Visit.go(HERE, fmt.text("invoice.rules.saved"));
            case WINDOW ->
                Visit.refuse("rules:window", fmt.text("invoice.rules.window.fault", InvoiceOffice.HOURS_MAX));
            case PATTERN ->
                office.faults(rules)
                        .forEach(kind -> Visit.refuse("rules:" + field(kind), fmt.text("invoice.rules.pattern.fault")));
        }
    }

    private Map<DocumentKind, String> said() {
        return InvoiceOffice.NUMBERED.stream()
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

    /** Lets documents begin with another month. */
    public void begin() {
        switch (month().map(firstMonth::begin).orElse(FirstMonth.Outcome.OUTSIDE)) {
            case DONE, UNCHANGED -> Visit.go(HERE, fmt.text("invoice.first.saved"));
            case FIXED -> Visit.refuse("first:month", fmt.text("invoice.first.fixed"));
            case OUTSIDE -> Visit.refuse("first:month", fmt.text("invoice.first.outside"));
        }
    }

    private Optional<YearMonth> month() {
        return DateText.month(first);
    }

    /** With which month documents begin, and what else it can be. */
    public FirstMonth.Choice getChoice() {
        var known = choice;
        if (known == null) {
            known = firstMonth.look();
            choice = known;
        }
        return known;
    }

    /** Whether the reseller has said who it is: nothing is issued before. */
    public boolean isSaid() {
        return stored().isPresent();
    }

    /** Whether documents tell customers no account to pay to. */
    public boolean isWithoutBank() {
        return stored().map(seller -> seller.iban().isBlank()).orElse(true);
    }

    private Optional<Seller> stored() {
        var known = stored;
        if (known == null) {
            known = parties.seller().stream().toList();
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

    /** Whether it may be changed. The use case asks again. */
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

    /** How numbers look, by the kind of document. */
    public Map<String, String> getPatterns() {
        return patterns;
    }
}
