package io.tenantry.web.catalog.fx;

import io.tenantry.catalog.CurrencySettings;
import io.tenantry.catalog.CurrencySettings.SalesCurrency;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ShownRows;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The currencies in which the reseller sells in addition to the ledger's. */
@Named
@ViewScoped
public class CurrenciesPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/currencies";

    @Inject
    CurrencySettings settings;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private String code = "";
    private final ShownRows<SalesCurrency> all = new ShownRows<>();
    private transient @Nullable List<Currency> openable;

    /** Loads the currencies, if the user may view them. */
    public void open() {
        PageResult.load(this::getAll);
    }

    /** Opens sales in the chosen currency. */
    public void add() {
        sell(code);
    }

    /** Reopens sales in a currency. */
    public void sell(String named) {
        var chosen = getOpenable().stream()
                .filter(one -> one.getCurrencyCode().equals(named))
                .findFirst();
        if (chosen.isEmpty()) {
            PageResult.refuse("add:code", format.text("currencies.invalid"));
            return;
        }
        switch (settings.open(chosen.get())) {
            case DONE, UNCHANGED -> PageResult.go(HERE, format.text("currencies.opened", named));
            case INVALID -> PageResult.refuse("add:code", format.text("currencies.invalid"));
            case NO_EXCHANGE_RATE -> PageResult.refuse("add:code", format.text("currencies.no-exchange-rate"));
        }
    }

    /** Closes a currency, so that no further customer can choose it. */
    public void close(String named) {
        settings.close(Currency.getInstance(named));
        PageResult.go(HERE, format.text("currencies.closed", named));
    }

    public List<SalesCurrency> getAll() {
        return all.get(settings::all);
    }

    /** Returns the currencies that can be opened. */
    public List<Currency> getOpenable() {
        var known = openable;
        if (known == null) {
            known = settings.openable();
            openable = known;
        }
        return known;
    }

    /** Returns the code and the name of a currency. */
    public String name(Currency currency) {
        return currency.getCurrencyCode() + " – " + format.formats().currency(currency);
    }

    /** Returns the value of one unit of the ledger's currency. */
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
