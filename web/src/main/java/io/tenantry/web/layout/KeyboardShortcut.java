package io.tenantry.web.layout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A navigation target of the keyboard.
 *
 * @param key the character to press after G
 * @param label the message key of the target's name
 * @param path its address
 */
public record KeyboardShortcut(String key, String label, String path) {
    /** Assigns each place the first character of its name that no earlier place uses. */
    static List<KeyboardShortcut> of(List<NavigationItem> places, Function<NavigationItem, String> name) {
        var taken = new HashSet<String>();
        var jumps = new ArrayList<KeyboardShortcut>();
        for (var place : places) {
            name.apply(place)
                    .toUpperCase(Locale.ROOT)
                    .chars()
                    .filter(letter -> letter >= 'A' && letter <= 'Z')
                    .mapToObj(Character::toString)
                    .filter(taken::add)
                    .findFirst()
                    .ifPresent(letter -> jumps.add(new KeyboardShortcut(letter, place.label(), place.path())));
        }
        return List.copyOf(jumps);
    }
}
