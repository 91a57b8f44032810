package org.sharaka.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection over which HTTP/1.1 requests are posted, one after the other. As little work as will do: client and server share the
 * processors, and what the client uses the server's answers wait for.
 */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI server;
    private final String authorization;
    private @Nullable Socket socket;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    /** @param authorization value of the header; empty to send none */
    KeptConnection(URI server, String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** @throws IOException when the connection fails or the answer is no HTTP */
    Answer post(String path, byte[] body) throws IOException {
        if (socket == null) connect();
        StringBuilder head = new StringBuilder()
                .append("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(server.getHost())
                .append(':')
                .append(server.getPort())
                .append("\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        if (!authorization.isEmpty())
            head.append("Authorization: ").append(authorization).append("\r\n");
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        OutputStream sending = out;
        InputStream receiving = in;
        if (sending == null || receiving == null) throw new IOException("not connected");
        sending.write(request);
        return read(receiving);
    }

    record Answer(int status, String body) {}

    private void connect() throws IOException {
        Socket made = new Socket();
        made.setTcpNoDelay(true);
        made.setSoTimeout(PATIENCE_MILLIS);
        int port = server.getPort() < 0 ? 80 : server.getPort();
        made.connect(new InetSocketAddress(server.getHost(), port), PATIENCE_MILLIS);
        socket = made;
        in = new BufferedInputStream(made.getInputStream(), 1 << 16);
        out = made.getOutputStream();
    }

    private Answer read(InputStream receiving) throws IOException {
        String first = line(receiving);
        if (!first.startsWith("HTTP/1.1 ")) throw new IOException("no HTTP/1.1: " + first);
        int status = Integer.parseInt(first.substring(9, 12));
        int length = -1;
        boolean chunked = false;
        boolean closing = false;
        for (String header = line(receiving); !header.isEmpty(); header = line(receiving)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Integer.parseInt(lower.substring(15).strip());
            if (lower.startsWith("transfer-encoding:")) chunked = lower.contains("chunked");
            if (lower.startsWith("connection:")) closing = lower.contains("close");
        }
        byte[] body = chunked ? chunks(receiving) : receiving.readNBytes(Math.max(length, 0));
        if (!chunked && body.length < length) throw new EOFException("the answer breaks off");
        if (closing) close();
        return new Answer(status, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream receiving) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(receiving); size > 0; size = chunkSize(receiving)) {
            body.write(receiving.readNBytes(size));
            line(receiving);
        }
        line(receiving);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream receiving) throws IOException {
        String line = line(receiving);
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private static String line(InputStream receiving) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int c = receiving.read(); c != '\n'; c = receiving.read()) {
            if (c < 0) throw new EOFException("the connection was closed");
            if (c != '\r') line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) socket.close();
        socket = null;
    }
}
