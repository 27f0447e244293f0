package io.tenantry.web.list;

import java.util.List;
import java.util.Optional;

/**
 * Something by which a list can be narrowed.
 *
 * @param name of its parameter in the address
 * @param label the key of what it is called
 * @param usual what is shown while nothing is chosen, in words
 * @param choices to choose from
 * @param isDay whether a day is asked for instead
 */
public record Filter(String name, String label, String usual, List<Choice> choices, boolean isDay) {
    /** One of some choices. */
    public Filter(String name, String label, String usual, List<Choice> choices) {
        this(name, label, usual, choices, false);
    }

    /** A value and its words. */
    public record Choice(String value, String label) {}

    /** A day, such as the first of those that are shown. */
    public static Filter day(String name, String label) {
        return new Filter(name, label, "", List.of(), true);
    }

    /** The words of a value, if it is one of these. */
    Optional<String> wordsOf(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::label)
                .findFirst();
    }
}
