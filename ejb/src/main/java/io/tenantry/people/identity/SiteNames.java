package io.tenantry.people.identity;

import java.util.ArrayList;
import java.util.List;

/** All names of the site of the current scope: the first guesses of an attacker for a password. */
public interface SiteNames {
    /** Returns the names of the brand, its hosts and the product. */
    List<String> all();

    /** Returns these, with the name of a person of the site. */
    default List<String> and(String person) {
        var names = new ArrayList<>(all());
        names.add(person);
        return names;
    }
}
