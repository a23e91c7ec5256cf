import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread and a selector; it answers what it gets: PORT. */
class Nio {
  public static void main(String[] arguments) throws Exception {
    Selector selector = Selector.open();
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 128);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) accept(selector, listener);
        else answer((SocketChannel) key.channel());
      }
      selector.selectedKeys().clear();
    }
  }

  private static void accept(Selector selector, ServerSocketChannel listener) throws Exception {
    SocketChannel connection = listener.accept();
    if (connection == null) return;
    connection.configureBlocking(false);
    connection.register(selector, SelectionKey.OP_READ);
  }

  private static void answer(SocketChannel connection) throws Exception {
    ByteBuffer request = ByteBuffer.allocate(100);
    if (connection.read(request) > 0) connection.write(request.flip());
    connection.close();
  }
}
