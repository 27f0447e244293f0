package io.tenantry.web.table;

import java.util.List;
import java.util.Optional;

/**
 * Something by which a list can be narrowed.
 *
 * @param name of its parameter in the address
 * @param label the key of what it is called
 * @param usual what is shown while nothing is chosen, in words
 * @param choices to choose from
 */
public record Filter(String name, String label, String usual, List<Choice> choices) {
    /** A value and its words. */
    public record Choice(String value, String label) {}

    /** The words of a value, if it is one of these. */
    Optional<String> wordsOf(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::label)
                .findFirst();
    }
}
