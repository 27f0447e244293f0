package io.tenantry.cloud.provider.sandbox.shell;

import java.util.List;

/** What can be typed. It does what it does at once; nothing of it stays behind. */
@FunctionalInterface
interface ShellCommand {
    void run(List<String> words, Output output) throws CommandFailure;
}
