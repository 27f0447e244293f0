package io.tenantry.web.catalog.fx;

import io.tenantry.catalog.CurrencySettings;
import io.tenantry.catalog.CurrencySettings.SalesCurrency;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
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
    CurrencySettings office;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private String code = "";
    private @Nullable List<SalesCurrency> all;
    private @Nullable List<Currency> openable;

    /** Looks at them, if they may be seen. */
    public void open() {
        PageResult.look(this::getAll);
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
            PageResult.refuse("add:code", format.text("currencies.invalid"));
            return;
        }
        switch (office.open(chosen.get())) {
            case DONE, UNCHANGED -> PageResult.go(HERE, format.text("currencies.opened", named));
            case INVALID -> PageResult.refuse("add:code", format.text("currencies.invalid"));
            case UNRATED -> PageResult.refuse("add:code", format.text("currencies.unrated"));
        }
    }

    /** Nobody begins to pay in it any more. */
    public void close(String named) {
        office.close(Currency.getInstance(named));
        PageResult.go(HERE, format.text("currencies.closed", named));
    }

    public List<SalesCurrency> getAll() {
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
        return currency.getCurrencyCode() + " – " + format.formats().currency(currency);
    }

    /** What one unit of the books' currency is worth. */
    public String worth(SalesCurrency one) {
        return one.rate()
                .map(rate -> format.text(
                        "currencies.worth",
                        rate.home().getCurrencyCode(),
                        format.rate(rate.perHome()),
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
