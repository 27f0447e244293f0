package io.tenantry.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Countries by their names in the page's language. */
@RequestScoped
@Named
public class Countries {
    @Inject
    Language language;

    /** A country to choose. */
    public record Country(String code, String name) {}

    /** All of them, in the order of the language. */
    public List<Country> getAll() {
        var order = Collator.getInstance(language.getLocale());
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(code, name(code)))
                .sorted(Comparator.comparing(Country::name, order))
                .toList();
    }

    /** A country's name. */
    public String name(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(language.getLocale());
    }
}
