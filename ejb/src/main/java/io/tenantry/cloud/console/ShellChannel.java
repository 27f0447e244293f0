package io.tenantry.cloud.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.common.channel.PtyChannelConfigurationHolder;

/**
 * A shell whose output is passed on as it arrives. Output is not acknowledged by that, so the server's window shrinks until the output is
 * released ({@code LocalWindow.release}): never more than one window is buffered here.
 */
final class ShellChannel extends ChannelShell {
    private final Consumer<byte[]> heard;

    ShellChannel(PtyChannelConfigurationHolder terminal, Map<String, ?> environment, Consumer<byte[]> heard) {
        super(terminal, environment);
        this.heard = heard;
        setStreaming(Streaming.Async);
    }

    /** Whether the shell itself ended, as opposed to its connection. */
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
