package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/** A vendor with scripts of its own to start a server with. */
public interface ProviderScripts {
    /** A script and what it asks; its id is what {@link ServerSpec#script} takes. */
    record Script(String id, String name, String description, List<String> images, List<Question> questions) {}

    /**
     * A question; answers go into {@link ServerSpec#options}.
     *
     * @param choices empty for free text
     * @param byDefault empty if it has to be answered
     */
    record Question(
            String name,
            String label,
            String example,
            List<String> choices,
            boolean several,
            Optional<String> byDefault) {}

    List<Script> scripts();
}
