// hnswlib as a process of its own, which the comparison asks over its standard input and output.
//
// Arguments: <base.f32> <queries.f32> <truth.knn>, as VectorFile and Truth describe them.
// Commands, one a line, with their answers:
//   build <m> <efConstruction> <threads>   built <wall seconds> <cpu seconds> <bytes grown>
//   recall <ef>                            recall <share of the nearest that was found>
//   search <ef> <threads> <milliseconds>   searched <queries> <wall seconds> <cpu seconds>
//   quit
// CPU seconds are the working threads' own, summed. The bytes are the growth of the resident set
// over the build; the vectors read from the file are resident before it begins.

#include <hnswlib/hnswlib.h>
#include <malloc.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr uint32_t kVectorMagic = 0x3156474D;
constexpr uint32_t kTruthMagic = 0x3154474D;
constexpr float kRounding = 1e-6f;

double seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <typename T>
void read_into(std::ifstream& file, std::vector<T>& into) {
  file.read(reinterpret_cast<char*>(into.data()),
            static_cast<std::streamsize>(into.size() * sizeof(T)));
  if (!file) throw std::runtime_error("a file is shorter than its header says");
}

std::ifstream open(const std::string& path, uint32_t magic, std::vector<uint32_t>& header) {
  std::ifstream file(path, std::ios::binary);
  header.resize(4);
  read_into(file, header);
  if (header[0] != magic) throw std::runtime_error(path + " is of another kind");
  return file;
}

struct Vectors {
  size_t count;
  size_t dimension;
  std::vector<float> values;

  explicit Vectors(const std::string& path) {
    std::vector<uint32_t> header;
    std::ifstream file = open(path, kVectorMagic, header);
    count = header[1];
    dimension = header[2];
    values.resize(count * dimension);
    read_into(file, values);
  }

  const float* at(size_t i) const { return values.data() + i * dimension; }
};

struct Truth {
  size_t k;
  std::vector<int32_t> nearest;
  std::vector<float> scores;

  explicit Truth(const std::string& path) {
    std::vector<uint32_t> header;
    std::ifstream file = open(path, kTruthMagic, header);
    k = header[2];
    nearest.resize(header[1] * k);
    read_into(file, nearest);
    scores.resize(nearest.size());
    read_into(file, scores);
  }

  float least_score(size_t query) const { return scores[(query + 1) * k - 1]; }
};

size_t resident_bytes() {
  size_t pages = 0;
  size_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

// Runs the task in so many threads; answers the processor time they took.
double in_threads(size_t threads, const std::function<void(size_t)>& task) {
  std::vector<double> cpu(threads);
  std::vector<std::thread> running;
  for (size_t t = 0; t < threads; t++) {
    running.emplace_back([&, t] {
      double start = seconds(CLOCK_THREAD_CPUTIME_ID);
      task(t);
      cpu[t] = seconds(CLOCK_THREAD_CPUTIME_ID) - start;
    });
  }
  double sum = 0;
  for (size_t t = 0; t < threads; t++) {
    running[t].join();
    sum += cpu[t];
  }
  return sum;
}

class Server {
 public:
  Server(const std::string& base, const std::string& queries, const std::string& truth)
      : base_(base), queries_(queries), truth_(truth), space_(base_.dimension) {}

  void serve() {
    std::cout << "ready" << std::endl;
    std::string line;
    while (std::getline(std::cin, line) && line != "quit") {
      std::istringstream words(line);
      std::string command;
      size_t a = 0;
      size_t b = 0;
      size_t c = 0;
      words >> command >> a >> b >> c;
      if (command == "build") {
        build(a, b, c);
      } else if (command == "recall") {
        recall(a);
      } else if (command == "search") {
        search(a, b, static_cast<double>(c) / 1e3);
      } else {
        throw std::runtime_error("unknown command: " + line);
      }
      std::cout << std::endl;
    }
  }

 private:
  void build(size_t m, size_t ef_construction, size_t threads) {
    index_.reset();
    malloc_trim(0);
    size_t before = resident_bytes();
    double start = seconds(CLOCK_MONOTONIC);
    index_ = std::make_unique<hnswlib::HierarchicalNSW<float>>(&space_, base_.count, m,
                                                               ef_construction);
    index_->addPoint(base_.at(0), 0);  // the first one alone: it becomes the entry
    std::atomic<size_t> next{1};
    double cpu = in_threads(threads, [&](size_t) {
      for (size_t i = next++; i < base_.count; i = next++) index_->addPoint(base_.at(i), i);
    });
    double wall = seconds(CLOCK_MONOTONIC) - start;
    std::cout << "built " << wall << ' ' << cpu << ' ' << resident_bytes() - before;
  }

  void recall(size_t ef) {
    index_->setEf(ef);
    size_t found = 0;
    for (size_t i = 0; i < queries_.count; i++) {
      auto hits = index_->searchKnn(queries_.at(i), truth_.k);
      for (; !hits.empty(); hits.pop()) {
        if (1 - hits.top().first >= truth_.least_score(i) - kRounding) found++;
      }
    }
    std::cout << "recall "
              << static_cast<double>(found) / static_cast<double>(queries_.count * truth_.k);
  }

  void search(size_t ef, size_t threads, double at_least) {
    index_->setEf(ef);
    std::atomic<size_t> done{0};
    double start = seconds(CLOCK_MONOTONIC);
    double cpu = in_threads(threads, [&](size_t t) {
      double end = seconds(CLOCK_MONOTONIC) + at_least;
      size_t next = queries_.count / threads * t;
      size_t mine = 0;
      while (seconds(CLOCK_MONOTONIC) < end) {
        index_->searchKnn(queries_.at(next), truth_.k);
        next = next + 1 == queries_.count ? 0 : next + 1;
        mine++;
      }
      done += mine;
    });
    double wall = seconds(CLOCK_MONOTONIC) - start;
    std::cout << "searched " << done.load() << ' ' << wall << ' ' << cpu;
  }

  Vectors base_;
  Vectors queries_;
  Truth truth_;
  hnswlib::InnerProductSpace space_;
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "arguments: <base.f32> <queries.f32> <truth.knn>" << std::endl;
    return 64;
  }
  try {
    std::cout.precision(9);
    Server(argv[1], argv[2], argv[3]).serve();
  } catch (const std::exception& e) {
    std::cerr << "hnswlib: " << e.what() << std::endl;
    return 1;
  }
}
