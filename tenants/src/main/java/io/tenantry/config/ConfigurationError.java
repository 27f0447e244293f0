package io.tenantry.config;

import java.util.List;

/** One or more settings are wrong or missing; the message names each key, what was found and what is allowed. */
public final class ConfigurationError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationError(List<String> faults) {
        super(
                "configuration refused: " + String.join("; ", faults),
                null,
                false,
                false); // No stack trace: the position in our code does not help the operator.
    }
}
