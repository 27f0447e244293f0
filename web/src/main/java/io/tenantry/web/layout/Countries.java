package io.tenantry.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The countries with their names in the page's language. */
@RequestScoped
@Named
public class Countries {
    @Inject
    Language language;

    /** A country to choose. */
    public record Country(String code, String name) {}

    /** Returns all countries, in the sort order of the language. */
    public List<Country> getAll() {
        var order = Collator.getInstance(language.getLocale());
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(code, name(code)))
                .sorted(Comparator.comparing(Country::name, order))
                .toList();
    }

    /** Returns the name of a country, followed by the code of a region if there is one: names of regions are not available. */
    public String name(String place) {
        var parts = place.split("-", 2);
        var name = new Locale.Builder().setRegion(parts[0]).build().getDisplayCountry(language.getLocale());
        return parts.length == 1 ? name : name + " (" + parts[1] + ")";
    }
}
