package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/** A provider with its own start-up scripts. */
public interface ProviderScripts {
    /** A script and its questions; its ID is a value of {@link ServerSpec#script}. */
    record Script(String id, String name, String description, List<String> images, List<Question> questions) {}

    /**
     * A question; its answer goes into {@link ServerSpec#options}.
     *
     * @param choices empty for free text
     * @param byDefault empty if an answer is required
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
