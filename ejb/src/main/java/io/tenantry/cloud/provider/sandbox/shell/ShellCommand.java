package io.tenantry.cloud.provider.sandbox.shell;

import java.util.List;

/** A command. It runs to completion immediately and leaves no background process. */
@FunctionalInterface
interface ShellCommand {
    void run(List<String> words, Output output) throws CommandFailure;
}
