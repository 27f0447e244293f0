package io.tenantry.identity;

import java.util.ArrayList;
import java.util.List;

/** What the site of the current scope is called, in whatever way: the first things that somebody tries as a password there. */
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
