package io.tenantry.people.identity;

import java.util.ArrayList;
import java.util.List;

/** All names of the site of the current scope: guesses that an attacker tries first as a password. */
public interface SiteNames {
    /** The brand, its hosts and the product. */
    List<String> all();

    /** These, and a person of the site. */
    default List<String> and(String person) {
        var names = new ArrayList<>(all());
        names.add(person);
        return names;
    }
}
