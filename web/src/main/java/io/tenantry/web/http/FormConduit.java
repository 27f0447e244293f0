package io.tenantry.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A conduit that inspects a form while it is read. The container's reading fails when it reaches what cannot be decoded, and never sees that;
 * the rest can be skipped. What was read before it is refused without reading ({@link CleanParameters}).
 */
final class FormConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final FormEncoding encoding;

    FormConduit(StreamSourceConduit next, FormEncoding encoding) {
        super(next);
        this.encoding = encoding;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        var begin = target.position();
        var wasDecodable = encoding.isDecodable();
        var count = next.read(target);
        if (count < 0) {
            encoding.end();
        } else {
            inspect(target, begin);
        }
        if (wasDecodable && !encoding.isDecodable() && encoding.isPassedOn()) {
            throw new IOException("the form cannot be decoded");
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        for (var index = offset; index < offset + length; index++) {
            if (targets[index].hasRemaining()) {
                return read(targets[index]);
            }
        }
        return 0;
    }

    /** Only a reader that skips the rest of a body, or stores it unread, transfers it. */
    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return next.transferTo(position, count, target);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return next.transferTo(count, through, target);
    }

    private void inspect(ByteBuffer target, int begin) {
        var read = target.duplicate();
        read.flip().position(begin);
        encoding.read(read);
    }
}
