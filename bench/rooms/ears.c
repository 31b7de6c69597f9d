/* Everybody in a room, as cheap as can be: who listens should not take the machine from who is measured.
   ears FILE MARK: FILE holds a line "PORT PATH COOKIE" for each socket; MARK is in every frame that delivers words.
   Opens them all and prints how many are in; listens on. Then reads lines "SAY TOKEN TEXT" of standard input: somebody
   says TEXT, and when TOKEN has come to all in one frame with MARK, prints how many nanoseconds that took, or -1, how
   many sockets were lost, and the frame. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, ROOM = 32768, LINE = 4096, OPENING = 20, PATIENCE = 30000 };
struct ear { int fd, in; long size; unsigned char *got; };
static struct ear ears[MOST];
static int count, watched, lost, calls;
static char last[ROOM];

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void tell(int fd, int kind, const char *text, long size) {
    static unsigned char out[ROOM];
    long at = 2;
    out[0] = (unsigned char)(0x80 | kind);
    if (size < 126) out[1] = (unsigned char)(0x80 | size);
    else out[1] = 0x80 | 126, out[2] = (unsigned char)(size >> 8), out[3] = (unsigned char)size, at = 4;
    memset(out + at, 0, 4); /* the mask of noughts leaves every byte as it is */
    memcpy(out + at + 4, text, (size_t)size);
    if (send(fd, out, (size_t)(at + 4 + size), MSG_NOSIGNAL) < 0) lost++;
}

static void call(int port, const char *path, const char *cookie) {
    static char head[LINE * 2];
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (fd < 0 || connect(fd, (void *)&there, sizeof there)) exit(2);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    int size = snprintf(head, sizeof head,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, cookie);
    if (send(fd, head, (size_t)size, MSG_NOSIGNAL) != size) exit(2);
    ears[count] = (struct ear){fd, 0, 0, malloc(ROOM)};
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)count++};
    epoll_ctl(watched, EPOLL_CTL_ADD, fd, &event);
}

/* Take whole frames off what one ear has heard; return whether one of them has both TOKEN and MARK. */
static int frames(struct ear *one, const char *token, const char *mark) {
    int found = 0;
    long start = 0;
    if (!one->in) {
        unsigned char *end = memmem(one->got, (size_t)one->size, "\r\n\r\n", 4);
        if (!end) return 0;
        if (memcmp(one->got + 9, "101", 3)) exit(3);
        one->in = 1, calls++, start = end + 4 - one->got;
    }
    while (one->size - start >= 2) {
        unsigned char *at = one->got + start;
        long length = at[1] & 127, head = 2;
        if (length == 126) {
            if (one->size - start < 4) break;
            length = at[2] << 8 | at[3], head = 4;
        } else if (length == 127) exit(4); /* longer than anything that is measured */
        if (one->size - start < head + length) break;
        if ((at[0] & 15) == 9) tell(one->fd, 10, (char *)at + head, length);
        if ((at[0] & 15) == 8) lost++;
        if (token && (at[0] & 15) == 1 && memmem(at + head, (size_t)length, token, strlen(token)) &&
            memmem(at + head, (size_t)length, mark, strlen(mark))) {
            found = 1;
            if (!memmem(at + head, (size_t)length, "client_id", 9))
                memcpy(last, at + head, (size_t)length), last[length] = 0;
        }
        start += head + length;
    }
    memmove(one->got, one->got + start, (size_t)(one->size - start));
    one->size -= start;
    return found;
}

/* Listen until EVERYBODY is reached or so many milliseconds have passed; return how many heard TOKEN. */
static int listen_for(const char *token, const char *mark, int everybody, int patience) {
    static struct epoll_event events[512];
    int heard = 0;
    long end = now() + patience * 1000000L, left;
    while ((token ? heard : calls) < everybody && (left = (end - now()) / 1000000) > 0) {
        int ready = epoll_wait(watched, events, 512, (int)left);
        for (int n = 0; n < ready; n++) {
            if (events[n].data.u32 == MOST) return heard; /* somebody asks for something */
            struct ear *one = &ears[events[n].data.u32];
            long came = recv(one->fd, one->got + one->size, (size_t)(ROOM - one->size), 0);
            if (came <= 0) {
                lost++;
                epoll_ctl(watched, EPOLL_CTL_DEL, one->fd, 0);
                continue;
            }
            one->size += came;
            heard += frames(one, token, mark);
        }
    }
    return heard;
}

int main(int given, char **words) {
    static char line[LINE], path[LINE], cookie[LINE], token[LINE];
    int port, turn = 0, used;
    if (given < 3) return 1;
    FILE *file = fopen(words[1], "r");
    watched = epoll_create1(0);
    if (!file || watched < 0) return 1;
    while (count < MOST && fscanf(file, "%d %4095s %4095s\n", &port, path, cookie) == 3) {
        call(port, path, cookie);
        if (count % OPENING == 0) listen_for(0, words[2], count, PATIENCE);
    }
    listen_for(0, words[2], count, PATIENCE);
    printf("%d\n", calls);
    fflush(stdout);
    struct epoll_event asking = {.events = EPOLLIN, .data.u32 = MOST};
    epoll_ctl(watched, EPOLL_CTL_ADD, 0, &asking);
    for (;;) {
        struct pollfd asked = {.fd = 0, .events = POLLIN};
        listen_for("\n", words[2], count, PATIENCE);
        if (poll(&asked, 1, 0) < 1) continue;
        if (!fgets(line, sizeof line, stdin)) return 0;
        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "SAY %4095s %n", token, &used) < 1) return 1;
        long began = now();
        tell(ears[turn++ % count].fd, 1, line + used, (long)strlen(line + used));
        int heard = listen_for(token, words[2], count, PATIENCE);
        long took = now() - began;
        printf("%ld %d %s\n", heard == count ? took : -1L, lost, last);
        fflush(stdout);
    }
    return 0;
}
