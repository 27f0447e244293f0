package io.tenantry.web.currency;

import io.tenantry.catalog.SalesCurrencies;
import io.tenantry.catalog.SalesCurrencies.Sold;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In which currencies the reseller sells besides its own. */
@Named
@RequestScoped
public class CurrenciesPage {
    private static final String HERE = "/staff/currencies";

    @Inject
    SalesCurrencies office;

    @Inject
    CurrentPerson me;

    @Inject
    Fmt fmt;

    private String code = "";
    private @Nullable List<Sold> all;
    private @Nullable List<Currency> openable;

    /** Looks at them, if they may be seen. */
    public void open() {
        Visit.look(this::getAll);
    }

    /** Sells in the chosen one from now on. */
    public void add() {
        sell(code);
    }

    /** Sells in it again. */
    public void sell(String named) {
        var chosen = getOpenable().stream()
                .filter(one -> one.getCurrencyCode().equals(named))
                .findFirst();
        if (chosen.isEmpty()) {
            Visit.refuse("add:code", fmt.text("currencies.invalid"));
            return;
        }
        switch (office.open(chosen.get())) {
            case DONE, UNCHANGED -> Visit.go(HERE, fmt.text("currencies.opened", named));
            case INVALID -> Visit.refuse("add:code", fmt.text("currencies.invalid"));
            case UNRATED -> Visit.refuse("add:code", fmt.text("currencies.unrated"));
        }
    }

    /** Nobody begins to pay in it any more. */
    public void close(String named) {
        office.close(Currency.getInstance(named));
        Visit.go(HERE, fmt.text("currencies.closed", named));
    }

    public List<Sold> getAll() {
        var known = all;
        if (known == null) {
            known = office.all();
            all = known;
        }
        return known;
    }

    /** Those that can be chosen. */
    public List<Currency> getOpenable() {
        var known = openable;
        if (known == null) {
            known = office.openable();
            openable = known;
        }
        return known;
    }

    /** A currency by its code and what it is called. */
    public String name(Currency currency) {
        return currency.getCurrencyCode() + " – " + fmt.formats().currency(currency);
    }

    /** What one unit of the books' currency is worth. */
    public String worth(Sold one) {
        return one.rate()
                .map(rate -> fmt.text(
                        "currencies.worth",
                        rate.home().getCurrencyCode(),
                        fmt.rate(rate.perHome()),
                        rate.other().getCurrencyCode()))
                .orElse("–");
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }

    public String getCode() {
        return code;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }
}
