package io.tenantry.web.catalog.fx;

import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.Currencies.CustomerCurrency;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The currency of prices or sums on a page: the one that the address names, if the reseller sells in it; else that of the ledger. */
@Named
@RequestScoped
public class DisplayCurrency {
    /** The parameter that names the currency. */
    public static final String PARAMETER = "currency";

    @Inject
    Currencies currencies;

    @Inject
    HttpServletRequest request;

    private @Nullable List<CustomerCurrency> known;

    /** Returns the currency that is shown. */
    public Currency getCurrency() {
        var named = request.getParameter(PARAMETER);
        return known().stream()
                .map(CustomerCurrency::currency)
                .filter(one -> one.getCurrencyCode().equals(named))
                .findFirst()
                .orElseGet(currencies::home);
    }

    /** Returns the code of that currency, for display beside fields. */
    public String getCode() {
        return getCurrency().getCurrencyCode();
    }

    /** Returns the code of the ledger's currency, in which the platform charges. */
    public String getHome() {
        return currencies.home().getCurrencyCode();
    }

    /** Whether the currency is that of the ledger. */
    public boolean isOfBooks() {
        return getCurrency().equals(currencies.home());
    }

    /** Returns all currencies in which customers may pay, that of the ledger first. */
    public List<String> getCodes() {
        return known().stream().map(one -> one.currency().getCurrencyCode()).toList();
    }

    /** Returns the currencies that customers can choose, that of the ledger first. */
    public List<String> getSold() {
        return known().stream()
                .filter(CustomerCurrency::isOpen)
                .map(one -> one.currency().getCurrencyCode())
                .toList();
    }

    /** Whether new prices can be published in the currency. */
    public boolean isOpen() {
        return getSold().contains(getCode());
    }

    /** Returns an address that shows the same currency. */
    public String at(String address) {
        return of(address, getCode());
    }

    /** Returns an address that shows a currency. */
    public String of(String address, String code) {
        if (code.equals(getHome())) {
            return address;
        }
        return address + (address.contains("?") ? "&" : "?") + PARAMETER + "=" + code;
    }

    private List<CustomerCurrency> known() {
        var read = known;
        if (read == null) {
            read = currencies.known();
            known = read;
        }
        return read;
    }
}
