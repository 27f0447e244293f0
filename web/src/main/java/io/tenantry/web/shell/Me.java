package io.tenantry.web.shell;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The person who looks at the page. */
@RequestScoped
@Named
public class Me {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Whether somebody is signed in. */
    public boolean isKnown() {
        return actor().isPresent();
    }

    /** What people call the person. */
    public String getName() {
        return actor().map(Actor::name).orElse("");
    }

    /** First letters of the first and the last name. */
    public String getInitials() {
        return initials(getName());
    }

    /** The key of what sort of person this is. */
    public String getKindLabel() {
        return "person."
                + actor().map(Actor::kind).orElse(Actor.Kind.SYSTEM).name().toLowerCase(Locale.ROOT);
    }

    static String initials(String name) {
        var words = SPACE.splitAsStream(name.strip())
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "·";
        }
        var ends = words.size() == 1 ? words : java.util.List.of(words.get(0), words.get(words.size() - 1));
        return ends.stream()
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining())
                .toUpperCase(Locale.ROOT);
    }

    private static Optional<Actor> actor() {
        return Actors.current().filter(actor -> !actor.isSystem());
    }
}
