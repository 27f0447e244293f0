package io.tenantry.cloud.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.common.channel.PtyChannelConfigurationHolder;

/**
 * A shell whose words are handed on as they come. Nothing counts as read by that, so the server's window closes by as much, until it is
 * told that it was passed on ({@code LocalWindow.release}): no more than a window of it is ever here.
 */
final class ShellChannel extends ChannelShell {
    private final Consumer<byte[]> heard;

    ShellChannel(PtyChannelConfigurationHolder terminal, Map<String, ?> environment, Consumer<byte[]> heard) {
        super(terminal, environment);
        this.heard = heard;
        setStreaming(Streaming.Async);
    }

    /** Whether the shell itself came to its end, and not the line to it. */
    boolean isEnded() {
        return getExitStatus() != null || getExitSignal() != null;
    }

    @Override
    protected void doWriteData(byte[] data, int from, long length) throws IOException {
        pass(data, from, length);
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int from, long length) throws IOException {
        pass(data, from, length);
    }

    private void pass(byte[] data, int from, long length) {
        if (!isClosing()) {
            heard.accept(Arrays.copyOfRange(data, from, from + Math.toIntExact(length)));
        }
    }
}
