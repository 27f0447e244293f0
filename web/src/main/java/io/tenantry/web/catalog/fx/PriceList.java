package io.tenantry.web.catalog.fx;

import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.Currencies.Known;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which currency a page shows prices or sums: the one that its address names, if the reseller sells in it; else that of the books. */
@Named
@RequestScoped
public class PriceList {
    /** The parameter that names it. */
    public static final String PARAMETER = "currency";

    @Inject
    Currencies currencies;

    @Inject
    HttpServletRequest request;

    private @Nullable List<Known> known;

    /** The one that is shown. */
    public Currency getCurrency() {
        var named = request.getParameter(PARAMETER);
        return known().stream()
                .map(Known::currency)
                .filter(one -> one.getCurrencyCode().equals(named))
                .findFirst()
                .orElseGet(currencies::home);
    }

    /** Its code, beside fields. */
    public String getCode() {
        return getCurrency().getCurrencyCode();
    }

    /** The code of the currency of the books, in which the platform asks. */
    public String getHome() {
        return currencies.home().getCurrencyCode();
    }

    /** Whether it is that of the books. */
    public boolean isOfBooks() {
        return getCurrency().equals(currencies.home());
    }

    /** All in which somebody may pay, that of the books first. */
    public List<String> getCodes() {
        return known().stream().map(one -> one.currency().getCurrencyCode()).toList();
    }

    /** Those in which one can begin to pay, that of the books first. */
    public List<String> getSold() {
        return known().stream()
                .filter(Known::isOpen)
                .map(one -> one.currency().getCurrencyCode())
                .toList();
    }

    /** Whether new prices can be published in it. */
    public boolean isOpen() {
        return getSold().contains(getCode());
    }

    /** An address that shows the same list. */
    public String at(String address) {
        return of(address, getCode());
    }

    /** An address that shows a list. */
    public String of(String address, String code) {
        if (code.equals(getHome())) {
            return address;
        }
        return address + (address.contains("?") ? "&" : "?") + PARAMETER + "=" + code;
    }

    private List<Known> known() {
        var read = known;
        if (read == null) {
            read = currencies.known();
            known = read;
        }
        return read;
    }
}
